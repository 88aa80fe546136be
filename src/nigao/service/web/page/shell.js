// The frame of the page: its three columns, which of them a narrow screen shows, and who works here.

import { button, el, refill } from "./el.js";

/** @typedef {{person: string, key: string, roles: string[], scopes: string[], units: string[]}} Me */

/** @type {{me: Me | null}} */
export const caller = { me: null };

/**
 * Whether the caller's key allows something.
 * @param {string} scope
 */
export const allows = (scope) => caller.me?.scopes.includes(scope) ?? false;

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
export const regions = { left: byId("left"), main: byId("main"), side: byId("side") };

/**
 * Which columns there are: `three`, `wide` (no column on the right) or `one`; and what a narrow screen calls them.
 * @param {"three" | "wide" | "one"} kind
 * @param {Record<string, string>} [names]
 */
export function shape(kind, names = {}) {
  byId("columns").dataset.shape = kind;
  const panes = { three: ["left", "main", "side"], wide: ["left", "main"], one: [] }[kind];
  const words = { left: "目录", main: "正文", side: "对话", ...names };
  byId("switch").hidden = kind === "one";
  refill(
    byId("switch"),
    panes.map((name) => button(words[name], () => pane(name), { data: { pane: name } })),
  );
  regions.side.setAttribute("aria-label", words.side === "对话" ? "对话与依据" : words.side);
  pane("main");
}

/**
 * Show a column where there is room for one only.
 * @param {string} name
 */
export function pane(name) {
  document.body.dataset.pane = name;
  for (const one of byId("switch").querySelectorAll("button"))
    one.setAttribute("aria-pressed", String(one.dataset.pane === name));
}

/** Whether there is room for one column only. */
export const narrow = () => matchMedia("(max-width: 899px)").matches;

/**
 * Head the page: its title and the view that is open.
 * @param {string} title
 * @param {string} view
 */
export function headed(title, view) {
  document.title = title ? `${title} · 拟稿` : "拟稿";
  for (const link of document.querySelectorAll(".views a")) {
    if (link.getAttribute("data-view") === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/**
 * A heading with something to do beside it.
 * @param {string} words
 * @param {...any} beside
 */
export const heading = (words, ...beside) => el("div", { class: "heading" }, el("h2", {}, words), beside);
