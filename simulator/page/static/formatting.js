// Telegram's message entities as DOM nodes. Offsets count UTF-16 units, which is how JavaScript counts, too.

import { notify } from "./notices.js";
import { timeElement } from "./times.js";

const TAGS = { bold: "b", italic: "i", underline: "u", strikethrough: "s" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** A fragment with the text as Telegram shows it; `onCommand(text)` is called when a command in it is tapped. */
export function formatted(text, entities = [], onCommand = () => {}) {
  const sorted = [...entities].sort(outermostFirst);
  return nodes({ text, sorted, onCommand, next: 0 }, 0, text.length);
}

function outermostFirst(a, b) {
  return a.offset - b.offset || b.length - a.length || BLOCKS.has(b.type) - BLOCKS.has(a.type);
}

function nodes(reading, start, end) {
  const fragment = document.createDocumentFragment();
  let at = start;
  while (reading.next < reading.sorted.length && reading.sorted[reading.next].offset < end) {
    const entity = reading.sorted[reading.next++];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (from >= to) continue;
    fragment.append(reading.text.slice(at, from));
    fragment.append(element(entity, reading.text.slice(from, to), nodes(reading, from, to), reading.onCommand));
    at = afterBlock(entity, reading.text, to);
  }
  fragment.append(reading.text.slice(at, end));
  return fragment;
}

/** A block ends its line by itself, so the line break behind it would show as an empty line. */
function afterBlock(entity, text, to) {
  return BLOCKS.has(entity.type) && text[to] === "\n" ? to + 1 : to;
}

function element(entity, text, inner, onCommand) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, inner);
    case "url":
      return link(/^[a-z]+:/i.test(text) ? text : `https://${text}`, inner);
    case "bot_command":
      return tappable(wrap("span", inner, "command"), () => onCommand(text));
    case "spoiler":
      return spoiler(inner);
    case "code":
      return tappable(wrap("code", inner), () => copy(text), "Copy");
    case "pre":
      return pre(inner, entity.language);
    case "blockquote":
      return wrap("blockquote", inner);
    case "expandable_blockquote":
      return expandable(inner);
    case "date_time":
      return timeElement(entity.unix_time, entity.date_time_format, text);
    default:
      return entity.type in TAGS ? wrap(TAGS[entity.type], inner) : wrap("span", inner, entity.type);
  }
}

function wrap(tag, inner, className = "") {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(inner);
  return node;
}

/** Only web addresses become links; `javascript:` and the like stay text. */
function link(address, inner) {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) return wrap("span", inner);
  const anchor = wrap("a", inner);
  anchor.href = url.href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

/** Makes part of a text work like a button; a real <button> could not break across lines. */
function tappable(node, action, title = "") {
  node.role = "button";
  node.tabIndex = 0;
  if (title) node.title = title;
  node.addEventListener("click", action);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    action();
  });
  return node;
}

function spoiler(inner) {
  const node = wrap("span", inner, "spoiler");
  node.ariaLabel = "Hidden text";
  return tappable(node, () => {
    node.classList.add("revealed");
    node.removeAttribute("role");
    node.removeAttribute("aria-label");
    node.removeAttribute("tabindex");
  });
}

function pre(inner, language) {
  const block = wrap("pre", wrap("code", inner));
  if (language) block.dataset.language = language;
  return block;
}

function expandable(inner) {
  const quote = wrap("blockquote", wrap("div", inner, "quoted"), "expandable");
  const toggle = document.createElement("button");
  toggle.type = "button";
  toggle.className = "expand";
  toggle.ariaLabel = "Show the whole quote";
  toggle.ariaExpanded = "false";
  toggle.addEventListener("click", () => {
    toggle.ariaExpanded = String(quote.classList.toggle("expanded"));
  });
  quote.append(toggle);
  return quote;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notify("Copied");
  } catch {
    notify("The browser allows no copying here."); // over plain HTTP from another machine there is no clipboard
  }
}
