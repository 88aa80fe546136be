// What the page remembers in this tab alone: the key, the name of who works without one, a brief not sent yet.

const KEY = "nigao.key";
const PERSON = "nigao.person";
const BRIEF = "nigao.brief";

/** @param {string} name */
function read(name) {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
function write(name, value) {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    // Where a browser keeps nothing, the page still has it until it is closed.
  }
}

export const notes = { key: read(KEY), person: read(PERSON) };

/** @param {string} key */
export function keepKey(key) {
  notes.key = key;
  write(KEY, key);
}

/** @param {string} person */
export function keepPerson(person) {
  notes.person = person;
  write(PERSON, person);
}

/**
 * Keep what is typed for a new report; null forgets it.
 * @param {any} brief
 */
export const keepBrief = (brief) => write(BRIEF, brief ? JSON.stringify(brief) : "");

/**
 * What was typed for a new report.
 * @returns {any}
 */
export function keptBrief() {
  try {
    return JSON.parse(read(BRIEF) || "{}") ?? {};
  } catch {
    return {};
  }
}
