// Short words over the chat that go by themselves, and alerts that wait to be read.

const SHOWN_FOR = 3500;

const toast = document.getElementById("toast");
const alertBox = document.getElementById("alert");
let hiding = 0;

export function notify(text) {
  toast.textContent = text;
  toast.classList.add("shown");
  clearTimeout(hiding);
  hiding = setTimeout(hush, SHOWN_FOR);
}

/** Takes the words away, as when the phone becomes somebody else's. */
export const hush = () => toast.classList.remove("shown");

export function alertWith(text) {
  alertBox.querySelector("p").textContent = text;
  if (!alertBox.open) alertBox.showModal();
}
