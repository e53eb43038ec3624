// One message as it looks in the chat.

import { element, icon } from "./dom.js";
import { formatted } from "./formatting.js";
import { keyboard } from "./keyboard.js";
import { fileAddress } from "./server.js";
import { clockTime } from "./times.js";

/** The <article> of a message. `actions` has what can be done with it: press, command, open, jump. */
export function bubble(message, actions) {
  const mine = !message.from.is_bot;
  const node = element("article", { className: mine ? "message mine" : "message", tabIndex: -1 });
  node.ariaLabel = `${message.from.first_name}, ${clockTime(message.date)}`;
  node.dataset.id = message.message_id;
  node.append(body(message, mine, actions));
  const rows = message.reply_markup?.inline_keyboard;
  if (rows?.length) node.append(keyboard(rows, (row, column) => actions.press(message, row, column)));
  return node;
}

/** What a message says in one line, for replies to it. */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, " ").slice(0, 120);
  if (message.photo) return "Photo";
  if (message.sticker) return `${message.sticker.emoji ?? ""} Sticker`.trim();
  return message.document?.file_name ?? "Message";
}

function body(message, mine, actions) {
  const kind = message.sticker ? "bubble bare" : message.photo ? "bubble framed" : "bubble";
  const node = element(
    "div",
    { className: kind },
    message.reply_to_message ? quoted(message.reply_to_message, actions) : null,
    attachment(message),
    words(message, actions),
    meta(message, mine),
    message.reactions?.length ? reactions(message.reactions) : null,
    more(message, actions),
  );
  openByTouch(node, (place) => actions.open(message, place));
  return node;
}

/** A tap on the bubble opens its menu on a phone, a right click elsewhere; links and selected text keep theirs. */
function openByTouch(node, open) {
  const openHere = (event) => {
    if (event.target.closest("a, .words [role=button]") || !getSelection().isCollapsed) return;
    event.preventDefault();
    open({ x: event.clientX, y: event.clientY });
  };
  node.addEventListener("contextmenu", openHere);
  node.addEventListener("click", (event) => {
    if (event.pointerType === "touch" && !event.target.closest("button")) openHere(event);
  });
}

function words(message, actions) {
  const text = message.text ?? message.caption;
  if (!text) return null;
  return element("div", { className: "words" }, formatted(text, message.entities ?? message.caption_entities, actions.command));
}

function quoted(original, actions) {
  const node = element("button", { className: "quoted-message", type: "button" });
  node.append(element("b", {}, original.from.first_name), element("span", {}, summary(original)));
  node.addEventListener("click", () => actions.jump(original.message_id));
  return node;
}

function attachment(message) {
  if (message.photo) return photo(message.photo.at(-1), message.caption);
  if (message.document) return file(message.document);
  if (message.sticker) return element("div", { className: "sticker" }, message.sticker.emoji ?? "🙂");
  return null;
}

function photo(size, caption) {
  const address = fileAddress(size.file_id, "photo");
  const image = element("img", { src: address, alt: caption ?? "Photo", width: size.width, height: size.height });
  return element("a", { className: "photo", href: address, download: "photo" }, image);
}

function file(document) {
  const name = document.file_name ?? "File";
  const facts = element("span", { className: "file-facts" }, element("b", {}, name), sizeOf(document.file_size ?? 0));
  const sign = element("span", { className: "file-sign" }, icon("download"));
  return element("a", { className: "file", href: fileAddress(document.file_id, name), download: name }, sign, facts);
}

function sizeOf(bytes) {
  const [amount, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  const digits = amount < 10 ? 1 : 0;
  return new Intl.NumberFormat(undefined, { style: "unit", unit, maximumFractionDigits: digits }).format(amount);
}

function meta(message, mine) {
  const time = element("time", { dateTime: new Date(message.date * 1000).toISOString() }, clockTime(message.date));
  const edited = mine && message.edit_date ? element("span", { className: "edited" }, "edited ") : null;
  return element("span", { className: "meta" }, edited, time, mine ? icon("seen") : null);
}

function reactions(emoji) {
  const chips = emoji.map((one) => element("span", { className: "reaction" }, one));
  return element("div", { className: "reactions", role: "group", ariaLabel: "Reactions" }, ...chips);
}

function more(message, actions) {
  const node = element("button", { className: "more", type: "button", ariaLabel: "Message actions" }, icon("more"));
  node.ariaHasPopup = "menu";
  node.addEventListener("click", () => actions.open(message, node.getBoundingClientRect()));
  return node;
}
