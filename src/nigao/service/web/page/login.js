// Who works here: a key where the service wants one, a name where it does not.

import { get } from "./api.js";
import { button, busy, el, field, refill, text } from "./el.js";
import { keepKey, keepPerson, notes } from "./keeping.js";
import { caller, headed, regions, shape } from "./shell.js";
import { formDialog, tell } from "./telling.js";

/** Ask the service who calls; whether it knows. Raises ApiError where something else is wrong. */
export async function known() {
  caller.me = await get("/me");
  who();
}

/**
 * Ask for a key.
 * @param {() => void} then what follows once it is known
 * @param {string} why
 */
export function login(then, why) {
  caller.me = null;
  refill(/** @type {HTMLElement} */ (document.getElementById("who")));
  shape("one");
  headed("登录", "");
  const key = el("input", { type: "password", autocomplete: "off", required: true, spellcheck: false, maxLength: 300 });
  const refused = el("p", { class: "failed", role: "alert" }, notes.key ? why : "");
  const go = el("button", { type: "submit", class: "primary" }, "进入");
  keepKey("");
  refill(
    regions.main,
    el(
      "form",
      {
        class: "page card login stack",
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          busy(
            go,
            async () => {
              keepKey(key.value.trim());
              await known();
              then();
            },
            (error) => {
              refused.textContent = error instanceof Error ? error.message : "";
              tell(error);
            },
          );
        },
      },
      el("h2", {}, "出示密钥"),
      el("p", { class: "quiet" }, "密钥由管理员用 nigao keys create 发给您，只留在这个标签页里，关掉就没有了。"),
      field("密钥", key),
      refused,
      el("div", { class: "row end" }, go),
    ),
  );
  key.focus();
}

/** Who works here, on the right of the page's head. */
function who() {
  const place = /** @type {HTMLElement} */ (document.getElementById("who"));
  const me = caller.me;
  if (!me) return;
  const act =
    me.key === "local"
      ? button("换姓名", () => rename().catch(tell), { class: "plain" })
      : button(
          "退出",
          () => {
            keepKey("");
            location.reload();
          },
          { class: "plain" },
        );
  refill(place, el("span", { class: "name", title: me.units.join("、") }, me.person), act);
}

async function rename() {
  const person = el("input", {
    value: notes.person || (caller.me?.person ?? ""),
    required: true,
    maxLength: 50,
    autocomplete: "off",
  });
  const told = text("改稿、送审、批准文件都以这个姓名记录。在本机使用、没有发过密钥时才可以自己填。");
  const name = await formDialog("用什么姓名", "确定", [told, field("姓名", person)], async () => person.value.trim());
  if (!name) return;
  const before = notes.person;
  keepPerson(name);
  try {
    await known();
    dispatchEvent(new HashChangeEvent("hashchange"));
  } catch (error) {
    keepPerson(before);
    throw error;
  }
}
