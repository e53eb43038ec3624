// Joins the page together: whose chat is shown, what happens in it, what its person does.

import { openActions } from "./actions.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { answered } from "./keyboard.js";
import { hush } from "./notices.js";
import { Switcher } from "./people.js";
import * as server from "./server.js";
import { startCounting } from "./times.js";

const RETRY = 1000;

const page = document.getElementById("phone");
const start = document.getElementById("start");
let person = null;
let unfollow = () => {};

const chat = new Chat({
  press: (message, row, column) => server.press(person.id, message.message_id, row, column),
  command: (text) => composer.send(text),
  open: (message, place) => openActions(message, place, { reply: (one) => composer.reply(one), edit: (one) => composer.edit(one) }),
});

const composer = new Composer({
  writer: () => person.id,
  send: server.sendText,
  edit: server.editText,
  attach: server.sendDocument,
  lastOwn: () => chat.newest((message) => !message.from.is_bot && message.text),
});

const switcher = new Switcher((chosen) => {
  person = chosen ?? null;
  composer.reset();
  hush();
  connect();
});

const handlers = {
  chat: ({ messages, commands }) => {
    chat.reset(messages);
    composer.know(commands);
    page.dataset.connection = "open";
  },
  message: ({ message }) => chat.put(message),
  edited: ({ message }) => chat.put(message),
  deleted: ({ message_ids: ids }) => chat.remove(ids),
  reaction: ({ message_id: id, reactions }) => chat.react(id, reactions),
  answer: answered,
  commands: ({ commands }) => composer.know(commands),
};

function connect() {
  unfollow();
  page.dataset.connection = "lost";
  chat.reset([]);
  showWhatFits();
  if (person) unfollow = server.follow(person.id, handle, lost);
}

function handle(event) {
  handlers[event.type]?.(event);
  showWhatFits();
}

/** The browser reconnects by itself; if the server says no, it has started anew and may know other people. */
function lost(forGood) {
  page.dataset.connection = "lost";
  if (forGood) setTimeout(meet, RETRY);
}

/** An empty chat has a start button in place of the composer, as a bot's chat does. */
function showWhatFits() {
  page.classList.toggle("empty", chat.isEmpty);
  start.disabled = person === null;
}

async function meet() {
  try {
    const { bot, people } = await server.everyone();
    document.title = document.getElementById("bot-name").textContent = bot;
    document.getElementById("bot-avatar").textContent = [...bot][0];
    switcher.know(people);
  } catch {
    setTimeout(meet, RETRY);
  }
}

start.addEventListener("click", async () => {
  start.disabled = true; // one start is enough, however often it is pressed
  await composer.send("/start");
  showWhatFits();
  composer.focus();
});

startCounting();
meet();
