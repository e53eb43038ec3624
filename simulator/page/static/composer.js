// Where a person writes: new messages, replies, changes of their own messages, files.

import { summary } from "./bubble.js";
import { CommandList } from "./commands.js";
import { notify } from "./notices.js";

export class Composer {
  #form = document.getElementById("composer");
  #text = document.getElementById("text");
  #banner = document.getElementById("banner");
  #file = document.getElementById("file");
  #commands = new CommandList((command) => this.#sendCommand(command));
  #actions;
  #replying = null;
  #editing = null;
  #sending = Promise.resolve();

  /** `actions` sends: send(writer, text, replyTo), edit(writer, id, text), attach(writer, file). writer() says who
   *  writes now, and lastOwn() finds a message to edit. */
  constructor(actions) {
    this.#actions = actions;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    this.#text.addEventListener("input", () => this.#typed());
    this.#banner.querySelector("button").addEventListener("click", () => this.clear());
    document.getElementById("attach").addEventListener("click", () => this.#file.click());
    this.#file.addEventListener("change", () => this.#attach());
  }

  know(commands) {
    this.#commands.know(commands);
  }

  focus() {
    this.#text.focus();
  }

  /** Sends a text that was not typed; settles once it is sent, or told that it isn't. */
  send(text) {
    return this.#inOrder("", (writer) => this.#actions.send(writer, text));
  }

  reply(message) {
    this.#editing = null;
    this.#replying = message;
    this.#announce(`Reply to ${message.from.first_name}`, message);
  }

  edit(message) {
    this.#replying = null;
    this.#editing = message;
    this.#announce("Edit message", message);
    this.#write(message.text);
  }

  /** Forgets what was being replied to or edited; an edited text goes, a reply's stays. */
  clear() {
    if (this.#editing) this.#write("");
    this.#replying = this.#editing = null;
    this.#banner.hidden = true;
    this.focus();
  }

  /** Starts over, for another person's chat. */
  reset() {
    this.clear();
    this.#write("");
    this.#commands.close();
  }

  #announce(title, message) {
    this.#banner.querySelector("b").textContent = title;
    this.#banner.querySelector("span").textContent = summary(message);
    this.#banner.hidden = false;
    this.focus();
  }

  #write(text) {
    this.#text.value = text;
    this.#typed();
  }

  #typed() {
    this.#text.style.height = "auto";
    const height = this.#text.scrollHeight; // nothing while an empty chat hides the composer
    if (height) this.#text.style.height = `${height}px`;
    this.#form.classList.toggle("has-text", this.#text.value.trim() !== "");
    this.#commands.suggest(this.#editing ? "" : this.#text.value);
    this.#text.setAttribute("aria-activedescendant", this.#commands.currentOption ?? "");
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.#commands.isOpen && event.key === "Tab") {
      event.preventDefault();
      this.#write(`${this.#commands.current} `);
    } else if (this.#commands.key(event)) {
      this.#text.setAttribute("aria-activedescendant", this.#commands.currentOption ?? "");
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape") {
      this.clear();
    } else if (event.key === "ArrowUp" && this.#text.value === "") {
      event.preventDefault();
      const own = this.#actions.lastOwn();
      if (own) this.edit(own);
    }
  }

  #submit() {
    const text = this.#text.value.trim();
    if (!text) return;
    const [editing, replying] = [this.#editing, this.#replying];
    this.clear();
    this.#write("");
    this.#inOrder(text, (writer) =>
      editing
        ? this.#actions.edit(writer, editing.message_id, text)
        : this.#actions.send(writer, text, replying?.message_id),
    );
  }

  #sendCommand(command) {
    this.#write("");
    this.focus();
    this.#inOrder(command, (writer) => this.#actions.send(writer, command));
  }

  async #attach() {
    const [file] = this.#file.files;
    this.#file.value = "";
    if (file) this.#inOrder("", (writer) => this.#actions.attach(writer, file));
  }

  /** One after the other, as they were written, and by whoever was there then, even if the phone is somebody else's
   *  now. What could not be sent comes back into its writer's empty field. */
  #inOrder(text, send) {
    const writer = this.#actions.writer();
    this.#sending = this.#sending
      .then(() => send(writer))
      .catch((error) => {
        notify(`Not sent: ${error.message}`);
        if (this.#text.value === "" && this.#actions.writer() === writer) this.#write(text);
      });
    return this.#sending;
  }
}
