// What the page asks of the simulator.

async function ask(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return answerOf(response);
}

async function answerOf(response) {
  if (!response.ok) throw new Error((await response.text()) || response.statusText);
  return response.status === 204 ? null : response.json();
}

export const everyone = () => ask("GET", "/chat/people");

export const addPerson = (name) => ask("POST", "/chat/people", { name });

export const sendText = (user, text, replyTo) =>
  ask("POST", `/chat/${user}/messages`, { text, reply_to: replyTo ?? null });

export const editText = (user, message, text) => ask("PUT", `/chat/${user}/messages/${message}`, { text });

export const press = (user, message, row, column) =>
  ask("POST", `/chat/${user}/messages/${message}/press`, { row, column });

export async function sendDocument(user, file) {
  const response = await fetch(`/chat/${user}/documents?name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    headers: { "Content-Type": file.type || "application/octet-stream" },
    body: file,
  });
  return answerOf(response);
}

export const fileAddress = (fileId, name = "file") =>
  `/chat/files/${encodeURIComponent(fileId)}?name=${encodeURIComponent(name)}`;

/** Follows one chat. The first event holds the whole chat; a lost connection is taken up again by the browser,
 *  and `onLost(true)` says that it won't be, because the server no longer knows this person. */
export function follow(user, onEvent, onLost) {
  const source = new EventSource(`/chat/${user}/events`);
  source.onmessage = (event) => onEvent(JSON.parse(event.data));
  source.onerror = () => onLost(source.readyState === EventSource.CLOSED);
  return () => source.close();
}
