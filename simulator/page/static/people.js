// Whose phone this is: the switcher at the top, and adding somebody.

import { avatar, element } from "./dom.js";
import { notify } from "./notices.js";
import { addPerson } from "./server.js";

export class Switcher {
  #chip = document.getElementById("who");
  #panel = document.getElementById("people");
  #list = document.getElementById("people-list");
  #form = document.getElementById("add-person");
  #people = [];
  #choose;

  /** `choose(person)` is called whenever the page becomes somebody else's phone. */
  constructor(choose) {
    this.#choose = choose;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#add();
    });
    addEventListener("hashchange", () => this.#becomeTheOneInTheAddress());
  }

  /** Everybody there is, and the one named in the address, or else the first. */
  know(people) {
    this.#people = people;
    this.#becomeTheOneInTheAddress();
  }

  async #add() {
    const field = this.#form.elements.name;
    try {
      const person = await addPerson(field.value);
      field.value = "";
      this.#people.push(person);
      this.#switchTo(person);
    } catch (error) {
      notify(error.message);
    }
  }

  #switchTo(person) {
    this.#panel.hidePopover();
    location.hash = person.id;
  }

  #becomeTheOneInTheAddress() {
    const id = Number(location.hash.slice(1));
    const person = this.#people.find((one) => one.id === id) ?? this.#people[0];
    this.#show(person);
    this.#choose(person);
  }

  #show(current) {
    this.#chip.replaceChildren(...(current ? [avatar(current.name, current.id), element("span", {}, current.name)] : ["Add a person"]));
    this.#chip.ariaLabel = current ? `You are ${current.name}. Switch person` : "Add a person";
    this.#list.replaceChildren(...this.#people.map((person) => this.#row(person, person === current)));
  }

  #row(person, isCurrent) {
    const label = person.admin ? element("small", {}, "admin") : null;
    const button = element("button", { type: "button" }, avatar(person.name, person.id), element("span", {}, person.name), label);
    if (isCurrent) button.ariaCurrent = "true";
    button.addEventListener("click", () => this.#switchTo(person));
    return element("li", {}, button);
  }
}
