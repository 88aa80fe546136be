// The page: what its address says is shown.

import { ApiError, unknownCaller } from "./api.js";
import { newReport } from "./brief.js";
import { corpusPage } from "./corpus.js";
import { el, refill } from "./el.js";
import { home } from "./home.js";
import { jobPage } from "./jobpage.js";
import { known, login } from "./login.js";
import { ReportPage } from "./reportpage.js";
import { caller, regions, shape } from "./shell.js";
import { tell } from "./telling.js";

/** @type {AbortController | null} */
let shown = null;
/** @type {ReportPage | null} */
let report = null;

/**
 * @param {string[]} words the parts of the address
 * @param {AbortSignal} signal
 */
async function show(words, signal) {
  const [view, id, inner] = words;
  const kept = report;
  report = null;
  if (view === "reports" && id) {
    const same = kept?.id === id && kept.person === caller.me?.person;
    if (!same) kept?.leave();
    report = same ? kept : new ReportPage(id);
    await report.open(inner === "history" ? "history" : "text", signal);
    return;
  }
  kept?.leave();
  if (view === "new") await newReport(signal);
  else if (view === "jobs" && id) await jobPage(id, signal);
  else if (view === "corpus") await corpusPage(id ?? "", signal);
  else await home(signal);
}

async function route() {
  if (!caller.me) return;
  const moved = shown !== null;
  shown?.abort();
  shown = new AbortController();
  const { signal } = shown;
  for (const box of document.querySelectorAll("dialog")) box.close();
  const words = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(plain);
  try {
    await show(words, signal);
    // What had the focus is gone with the page before.
    if (moved && document.activeElement === document.body) regions.main.focus({ preventScroll: true });
  } catch (error) {
    if (signal.aborted || (error instanceof ApiError && error.status === 401)) return;
    tell(error);
    shape("one");
    refill(
      regions.main,
      el(
        "div",
        { class: "page stack" },
        el("h2", {}, "打不开"),
        el("p", { class: "text" }, error instanceof Error ? error.message : ""),
        el("p", {}, el("a", { href: "#/" }, "回到报告列表")),
      ),
    );
  }
}

/** @param {string} word */
function plain(word) {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}

async function begin() {
  try {
    await known();
    await route();
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return;
    tell(error);
    refill(
      regions.main,
      el(
        "div",
        { class: "page stack" },
        el("h2", {}, "打不开"),
        el("p", {}, "连不上服务。"),
        el("button", { type: "button", onclick: () => location.reload() }, "再试一次"),
      ),
    );
  }
}

unknownCaller.addEventListener("unknown", (event) => {
  report = null;
  login(route, /** @type {CustomEvent} */ (event).detail.detail);
});
addEventListener("hashchange", route);
/** @type {HTMLElement} */ (document.getElementById("skip")).addEventListener("click", (event) => {
  event.preventDefault();
  regions.main.focus();
});
begin();
