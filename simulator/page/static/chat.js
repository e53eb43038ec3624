// The messages of one chat as they stand, kept at the newest one while that is what the reader looks at.

import { bubble } from "./bubble.js";
import { element } from "./dom.js";
import { dayName } from "./times.js";

/** How many pixels from the end still count as reading the newest message. */
const NEAR = 80;

export class Chat {
  #messages = new Map();
  #scroller = document.getElementById("scroller");
  #log = document.getElementById("log");
  #toEnd = document.getElementById("to-end");
  #atEnd = true;
  #top = 0;
  #actions;

  constructor(actions) {
    this.#actions = { ...actions, jump: (id) => this.jump(id) };
    this.#scroller.addEventListener("scroll", () => this.#noticeScroll());
    this.#toEnd.addEventListener("click", () => this.toEnd("smooth"));
    const resized = new ResizeObserver(() => this.#atEnd && this.toEnd());
    resized.observe(this.#log);
    resized.observe(this.#scroller);
  }

  get isEmpty() {
    return this.#messages.size === 0;
  }

  newest(matches) {
    return [...this.#messages.values()].reverse().find(matches);
  }

  /** Shows another chat, or the same one after a lost connection. */
  reset(messages) {
    this.#log.ariaBusy = "true";
    this.#log.replaceChildren();
    this.#messages.clear();
    messages.forEach((message) => this.put(message));
    this.#log.ariaBusy = "false";
    this.toEnd();
  }

  /** A new message, or a known one that has changed. */
  put(message) {
    const known = this.#messages.has(message.message_id);
    this.#messages.set(message.message_id, message);
    if (known) this.#replace(message);
    else this.#append(message);
  }

  react(id, reactions) {
    const message = this.#messages.get(id);
    if (message) this.put({ ...message, reactions });
  }

  remove(ids) {
    for (const id of ids) {
      const node = this.#node(id);
      this.#messages.delete(id);
      if (node?.parentElement.querySelectorAll(".message").length === 1) node.parentElement.remove();
      else node?.remove();
    }
  }

  toEnd(behavior = "instant") {
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior });
  }

  /** Brings a message into view and lights it up for a moment. */
  jump(id) {
    const node = this.#node(id);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.add("found");
    node.addEventListener("animationend", () => node.classList.remove("found"), { once: true });
  }

  #append(message) {
    this.#day(message.date).append(bubble(message, this.#actions));
    if (!message.from.is_bot) this.toEnd();
  }

  /** A redrawn message keeps the keyboard focus where it was, so that a card can be used without a pointer. */
  #replace(message) {
    const old = this.#node(message.message_id);
    const place = old.contains(document.activeElement) ? document.activeElement.dataset.place : undefined;
    const fresh = bubble(message, this.#actions);
    old.replaceWith(fresh);
    if (place) (fresh.querySelector(`[data-place="${place}"]`) ?? fresh).focus({ preventScroll: true });
  }

  #day(unix) {
    const name = dayName(unix);
    const last = this.#log.lastElementChild;
    if (last?.dataset.day === name) return last;
    const day = element("section", { className: "day" }, element("h2", {}, name));
    day.dataset.day = name;
    this.#log.append(day);
    return day;
  }

  #node(id) {
    return this.#log.querySelector(`[data-id="${id}"]`);
  }

  /** Only going up leaves the end: messages that arrive before the browser tells of a scroll merely move it away. */
  #noticeScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    if (near || scrollTop < this.#top) this.#atEnd = near;
    this.#top = scrollTop;
    this.#toEnd.hidden = this.#atEnd;
  }
}
