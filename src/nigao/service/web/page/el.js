// Building the page: every word that comes from elsewhere becomes a text node, never markup.

/**
 * An element with its properties, attributes (`aria-…`, `role`), `data`, listeners (`onclick`) and children.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...any} children
 * @returns {any}
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  return fill(node, ...children);
}

/**
 * Put children behind those that an element has.
 * @param {any} node
 * @param {...any} children
 */
export function fill(node, ...children) {
  for (const child of children.flat(3)) {
    if (child !== null && child !== undefined && child !== false)
      node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

/**
 * Put children in the place of those that an element has.
 * @param {any} node
 * @param {...any} children
 */
export function refill(node, ...children) {
  node.replaceChildren();
  return fill(node, ...children);
}

/**
 * @param {any} node
 * @param {string} name
 * @param {any} value
 */
function set(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name === "class") node.className = value;
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name in node && name !== "role" && name !== "list") node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

/**
 * A button.
 * @param {string} words
 * @param {(event: Event) => any} act
 * @param {Record<string, any>} [props]
 */
export const button = (words, act, props = {}) => el("button", { type: "button", onclick: act, ...props }, words);

/**
 * Words from elsewhere, kept apart from the writing direction of ours.
 * @param {string} words
 */
export const text = (words) => el("span", { class: "text" }, words);

let fields = 0;

/**
 * A field under its name; the hint describes it.
 * @param {string} name
 * @param {any} control
 * @param {string} [hint]
 */
export function field(name, control, hint = "") {
  fields += 1;
  control.id ||= `field-${fields}`;
  const told = hint ? el("span", { class: "quiet small", id: `${control.id}-hint` }, hint) : null;
  if (told) control.setAttribute("aria-describedby", told.id);
  return el("div", { class: "field" }, el("label", { class: "name", htmlFor: control.id }, name), control, told);
}

/**
 * A box to tick with its name.
 * @param {string} name
 * @param {any} control
 */
export const tick = (name, control) => el("label", { class: "check" }, control, name);

/**
 * A choice among values.
 * @param {string[][]} options value and name
 * @param {Record<string, any>} [props]
 */
export function select(options, props = {}) {
  const { value, ...rest } = props;
  const node = el(
    "select",
    rest,
    options.map(([one, name]) => el("option", { value: one }, name)),
  );
  if (value !== undefined) node.value = value;
  return node;
}

/**
 * Do something while a button shows that it is busy; what goes wrong is told.
 * @param {any} node
 * @param {() => Promise<any>} act
 * @param {(error: unknown) => void} tell
 */
export async function busy(node, act, tell) {
  if (node.disabled) return;
  node.disabled = true;
  node.setAttribute("aria-busy", "true");
  try {
    await act();
  } catch (error) {
    tell(error);
  } finally {
    node.disabled = false;
    node.removeAttribute("aria-busy");
  }
}
