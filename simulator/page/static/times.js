// Times that are shown in the reader's own zone and language, and relative ones that count by themselves.

const UNITS = [
  ["second", 1, 60],
  ["minute", 60, 60],
  ["hour", 3600, 24],
  ["day", 86400, 30],
  ["month", 2629746, 12],
  ["year", 31556952, Infinity],
];

const PARTS = {
  w: { weekday: "long" },
  d: { day: "2-digit", month: "2-digit", year: "2-digit" },
  D: { day: "numeric", month: "long", year: "numeric" },
  t: { hour: "numeric", minute: "2-digit" },
  T: { hour: "numeric", minute: "2-digit", second: "2-digit" },
};

const relativeFormat = new Intl.RelativeTimeFormat();

/** "in 2 minutes", "3 hours ago": how far `unix` seconds are from now, in the largest unit that fits. */
export function relative(unix, now = Date.now() / 1000) {
  for (const [unit, seconds, limit] of UNITS) {
    const amount = Math.round((unix - now) / seconds);
    if (Math.abs(amount) < limit) return relativeFormat.format(amount, unit);
  }
}

/** A time in one of Telegram's formats: any of w, d or D, t or T. */
export function absolute(unix, format) {
  const options = Object.assign({}, ...[...format].map((letter) => PARTS[letter]));
  return new Intl.DateTimeFormat(undefined, options).format(unix * 1000);
}

/** The <time> for a date_time entity; `fallback` is what the bot wrote for clients that don't know the entity. */
export function timeElement(unix, format, fallback) {
  const element = document.createElement("time");
  const date = new Date(unix * 1000);
  if (Number.isNaN(date.getTime())) {
    element.textContent = fallback; // beyond all calendars: the words of the bot are all there is
    return element;
  }
  element.dateTime = date.toISOString();
  element.title = absolute(unix, "wDT");
  if (format === "r") {
    element.dataset.counting = unix;
    element.textContent = relative(unix);
  } else {
    element.textContent = format ? absolute(unix, format) : fallback;
  }
  return element;
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });

/** When a message was written. */
export const clockTime = (unix) => clock.format(unix * 1000);

export function dayName(unix) {
  const day = new Date(unix * 1000);
  const today = new Date();
  if (day.toDateString() === today.toDateString()) return "Today";
  const year = day.getFullYear() === today.getFullYear() ? {} : { year: "numeric" };
  return new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", ...year }).format(day);
}

/** Keeps every counting time on the page true, once a second. */
export function startCounting() {
  setInterval(() => {
    for (const element of document.querySelectorAll("time[data-counting]")) {
      const text = relative(Number(element.dataset.counting));
      if (element.textContent !== text) element.textContent = text;
    }
  }, 1000);
}
