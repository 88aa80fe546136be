// The one way to the service: who calls, what went wrong, and which revision an answer is of.

import { notes } from "./keeping.js";

/**
 * @typedef {{status: number, title: string, detail: string, fix?: string, where?: string, reason?: string, expected?:
 *   number, actual?: number, request_id?: string}} Problem
 */

/** A refusal of the service, or no answer at all (`status` 0). */
export class ApiError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
    this.status = problem.status;
  }
}

/** Hears that the service does not know who calls. */
export const unknownCaller = new EventTarget();

/**
 * @typedef {{json?: any, form?: FormData, revision?: number, accept?: string, signal?: AbortSignal, headers?:
 *   Record<string, string>, creates?: boolean}} Options
 */

/**
 * Ask the service. Raises ApiError.
 * @param {string} method
 * @param {string} path below /api/v1
 * @param {Options} [options]
 * @returns {Promise<Response>}
 */
export async function ask(method, path, options = {}) {
  /** @type {RequestInit} */
  const init = { method, headers: headers(options), body: options.form ?? undefined, signal: options.signal };
  if (options.json !== undefined) init.body = JSON.stringify(options.json);
  let response;
  try {
    response = await fetch(`api/v1${path}`, init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError({
      status: 0,
      title: "连不上服务",
      detail: "连不上服务",
      fix: "看看网络和服务是否正常，再试一次",
    });
  }
  if (!response.ok) throw new ApiError(await problemOf(response));
  return response;
}

/** @param {Options} options */
function headers(options) {
  /** @type {Record<string, string>} */
  const made = { Accept: options.accept ?? "application/json", ...options.headers };
  if (options.json !== undefined) made["Content-Type"] = "application/json";
  if (options.revision !== undefined) made["If-Match"] = `"${options.revision}"`;
  if (options.creates) made["Idempotency-Key"] = newKey();
  if (notes.key) made.Authorization = `Bearer ${notes.key}`;
  // A header holds Latin letters only.
  else if (notes.person) made["X-Nigao-Person"] = encodeURIComponent(notes.person);
  return made;
}

function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {Response} response
 * @returns {Promise<Problem>}
 */
async function problemOf(response) {
  const plain = { status: response.status, title: "没有办成", detail: `服务答复 ${response.status}` };
  const said = await response.json().catch(() => ({}));
  const problem = { ...plain, ...(said && typeof said === "object" ? said : {}) };
  if (problem.status === 401) unknownCaller.dispatchEvent(new CustomEvent("unknown", { detail: problem }));
  return problem;
}

/**
 * The JSON of an answer.
 * @param {string} path
 */
export const get = async (path) => (await ask("GET", path)).json();

/**
 * The JSON of an answer to something sent.
 * @param {string} path
 * @param {any} json
 * @param {Options} [options]
 */
export const post = async (path, json, options = {}) => (await ask("POST", path, { json, ...options })).json();

/**
 * Every item of a list that is given a page at a time, up to `most`.
 * @param {string} path
 * @param {number} [most]
 * @returns {Promise<any[]>}
 */
export async function all(path, most = 2000) {
  const items = [];
  const sign = path.includes("?") ? "&" : "?";
  let next = "";
  do {
    const page = await get(`${path}${sign}limit=200${next ? `&cursor=${encodeURIComponent(next)}` : ""}`);
    items.push(...page.items);
    next = page.next ?? "";
  } while (next && items.length < most);
  return items;
}

/**
 * A part of an address.
 * @param {string | number} value
 */
export const at = (value) => encodeURIComponent(String(value));
