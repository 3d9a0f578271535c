// Makes elements. Text goes in as text nodes alone: what an article says can never become markup.

const SVG = "http://www.w3.org/2000/svg";

/** Make an HTML element: h("p", { class: "lead", on: { click } }, "text", child). */
export const h = (name, properties, ...children) => fill(document.createElement(name), properties, children);

/** Make an SVG element. */
export const s = (name, properties, ...children) => fill(document.createElementNS(SVG, name), properties, children);

/** Replace all that an element holds. */
export function put(element, ...children) {
  element.replaceChildren(...children.flat(Infinity).filter(isShown));
  return element;
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) set(element, name, value);
  element.append(...children.flat(Infinity).filter(isShown));
  return element;
}

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") for (const [kind, act] of Object.entries(value)) element.addEventListener(kind, act);
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "value") element.value = value;
  else element.setAttribute(name, value === true ? "" : value);
}

const isShown = (child) => child !== null && child !== undefined && child !== false && child !== "";
