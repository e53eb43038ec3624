// Inline keyboards: their buttons, and the wait between a press and the bot's answer.

import { element, icon } from "./dom.js";
import { copy } from "./formatting.js";
import { alertWith, notify } from "./notices.js";

/** Telegram's clients stop waiting, too, when a bot never answers. */
const PATIENCE = 15_000;

const waiting = new Map();
const answeredEarly = new Set();

/** The keyboard under a message; `press(row, column)` gives the id of the callback query it made. */
export function keyboard(rows, press) {
  const lines = rows.map((buttons, row) =>
    element(
      "div",
      { className: "keys" },
      ...buttons.map((button, column) => key(button, `${row}.${column}`, () => press(row, column))),
    ),
  );
  return element("div", { className: "keyboard", role: "group", ariaLabel: "Buttons" }, ...lines);
}

/** The bot has answered: the button stops waiting, and what the bot says is shown. */
export function answered({ query_id: query, text, show_alert: alert }) {
  if (!settle(query)) answeredEarly.add(query);
  if (text) (alert ? alertWith : notify)(text);
}

function key(button, place, press) {
  const className = button.style ? `key ${button.style}` : "key";
  const label = element("span", {}, button.text);
  if (button.url) {
    const properties = { className, href: button.url, target: "_blank", rel: "noopener noreferrer" };
    return element("a", /^https?:/i.test(button.url) ? properties : { className }, label, icon("outside"));
  }
  const node = element("button", { className, type: "button" }, label);
  node.dataset.place = place;
  node.addEventListener("click", () => (button.copy_text ? copy(button.copy_text.text) : pressAndWait(node, press)));
  return node;
}

async function pressAndWait(node, press) {
  if (node.ariaBusy === "true") return;
  node.ariaBusy = "true";
  try {
    const { query_id: query } = await press();
    waiting.set(query, node);
    if (answeredEarly.delete(query)) settle(query);
    else setTimeout(() => settle(query), PATIENCE);
  } catch (error) {
    node.ariaBusy = null;
    notify(error.message);
  }
}

function settle(query) {
  const node = waiting.get(query);
  if (!node) return false;
  node.ariaBusy = null;
  return waiting.delete(query);
}
