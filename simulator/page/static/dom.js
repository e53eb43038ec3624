// Building elements without ever parsing HTML: children are nodes or plain text.

/** `element("p", { className: "note" }, "text")`; properties are set as given, and null children are left out. */
export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** One of the pictures drawn in index.html. */
export function icon(name) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.classList.add("icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** A round picture with the first letter of a name, in a colour of its own. */
export function avatar(name, id) {
  return element("span", { className: `avatar tint-${id % 7}`, ariaHidden: "true" }, [...name][0]?.toUpperCase() ?? "?");
}
