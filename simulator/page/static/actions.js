// The small menu of one message: reply to it, change it, copy it.

import { element, icon } from "./dom.js";
import { copy } from "./formatting.js";

const menu = document.getElementById("actions");
let opener = null;

menu.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...menu.children];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
});

menu.addEventListener("toggle", (event) => {
  if (event.newState === "closed" && opener?.isConnected) opener.focus({ preventScroll: true });
});

/** Opens the menu at a place on the screen; `choices` has reply(message) and edit(message). */
export function openActions(message, place, choices) {
  const text = message.text ?? message.caption;
  const items = [item("reply", "Reply", () => choices.reply(message))];
  if (!message.from.is_bot && message.text) items.push(item("edit", "Edit", () => choices.edit(message)));
  if (text) items.push(item("copy", "Copy text", () => copy(text)));
  menu.replaceChildren(...items);
  opener = document.activeElement;
  menu.showPopover();
  const { width, height } = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(place.x, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(place.y, innerHeight - height - 8))}px`;
  items[0].focus();
}

function item(picture, label, action) {
  const node = element("button", { type: "button", role: "menuitem" }, icon(picture), label);
  node.addEventListener("click", () => {
    opener = null;
    menu.hidePopover();
    action();
  });
  return node;
}
