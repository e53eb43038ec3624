// The bot's commands: all of them behind the menu button, the fitting ones while a command is typed.

import { element } from "./dom.js";

export class CommandList {
  #list = document.getElementById("commands");
  #menu = document.getElementById("menu");
  #commands = [];
  #shown = [];
  #current = 0;
  #choose;

  /** `choose(text)` is called with the command that was picked, such as "/start". */
  constructor(choose) {
    this.#choose = choose;
    this.#menu.addEventListener("click", () => (this.isOpen ? this.close() : this.#openAll()));
    this.#list.addEventListener("keydown", (event) => this.key(event));
    this.#list.addEventListener("focusout", () => this.close());
    document.addEventListener("pointerdown", ({ target }) => {
      if (!this.#list.contains(target) && !this.#menu.contains(target)) this.close();
    });
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  get currentOption() {
    return this.isOpen ? this.#list.children[this.#current].id : null;
  }

  /** The command under the cursor, to be completed rather than sent. */
  get current() {
    return `/${this.#shown[this.#current].command}`;
  }

  know(commands) {
    this.#commands = commands;
    this.#menu.hidden = commands.length === 0;
    this.close();
  }

  /** Offers what fits a half-typed command, and nothing once it is complete. */
  suggest(text) {
    const typed = /^\/(\w*)$/.exec(text)?.[1].toLowerCase();
    this.#show(typed === undefined ? [] : this.#commands.filter(({ command }) => command.startsWith(typed)));
  }

  close() {
    this.#list.hidden = true;
    this.#menu.ariaExpanded = "false";
  }

  /** Handles a key while the list is open; true if the key was meant for the list. */
  key(event) {
    const handler = {
      ArrowDown: () => this.#move(1),
      ArrowUp: () => this.#move(-1),
      Enter: () => this.#pick(this.current),
      Escape: () => this.#leave(),
    }[event.key];
    if (!handler || !this.isOpen || event.shiftKey) return false;
    event.preventDefault();
    handler();
    return true;
  }

  /** Closes the list and gives the focus back to where it came from. */
  #leave() {
    const hadFocus = this.#list.contains(document.activeElement);
    this.close();
    if (hadFocus) this.#menu.focus();
  }

  #openAll() {
    this.#show(this.#commands);
    this.#menu.ariaExpanded = "true";
    this.#list.focus();
  }

  #show(commands) {
    this.#shown = commands;
    this.#list.hidden = commands.length === 0;
    this.#list.replaceChildren(...commands.map((command, index) => this.#option(command, index)));
    this.#current = 0;
    this.#move(0);
  }

  #option({ command, description }, index) {
    const option = element("li", { id: `command-${index}`, role: "option" });
    option.append(element("b", {}, `/${command}`), element("span", {}, description));
    // Keeps the focus where it is: on a phone the keyboard would otherwise close and open.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.#pick(`/${command}`));
    return option;
  }

  #move(step) {
    const options = [...this.#list.children];
    if (!options.length) return;
    this.#current = (this.#current + step + options.length) % options.length;
    options.forEach((option, index) => (option.ariaSelected = String(index === this.#current)));
    this.#list.setAttribute("aria-activedescendant", this.currentOption ?? "");
    options[this.#current].scrollIntoView({ block: "nearest" });
  }

  #pick(command) {
    this.close();
    this.#choose(command);
  }
}
