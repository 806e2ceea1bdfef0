/** Every call to the server goes through here: one place for headers, JSON and errors. */

import { lost } from "./connection.js";

/** @typedef {{pointer: string, code: string, message: string}} FieldError */

/** What the server refused (RFC 9457 problem document), or status 0 when it could not be reached. */
export class ApiError extends Error {
  /** @param {number} status @param {Record<string, any>} problem */
  constructor(status, problem) {
    super(problem.detail || problem.title || String(status));
    this.status = status;
    this.code = problem.code || (status ? "unknown" : "offline");
    this.detail = problem.detail || problem.title || "";
    /** @type {FieldError[]} */
    this.errors = problem.errors || [];
    this.requestId = problem.request_id || "";
    this.problem = problem;
  }

  /** The message for one field of the body, or undefined. @param {string} name */
  field(name) {
    return this.errors.find((error) => error.pointer.replace(/^[#/]+/, "") === name)?.message;
  }
}

/**
 * @typedef {object} Options
 * @property {Record<string, any>} [query]
 * @property {any} [body]
 * @property {number | string} [ifMatch] version that the change builds on
 * @property {string} [key] idempotency key; POST and PATCH get a fresh one without it
 * @property {AbortSignal} [signal]
 * @property {boolean} [keepalive] outlive the page
 */

const BASE = "/v1";
let signedOut = () => {};

/** Name what happens when the session has ended. @param {() => void} listener */
export function onSignedOut(listener) {
  signedOut = listener;
}

/**
 * Call the API and return its JSON, or null for an empty answer.
 * @param {string} method @param {string} path @param {Options} [options] @returns {Promise<any>}
 */
async function call(method, path, options = {}) {
  const response = await send(method, address(path, options.query), options);
  if (response.ok) return response.status === 204 ? null : readJson(response);
  const problem = (await readJson(response)) || {};
  problem.request_id ||= response.headers.get("x-request-id") || "";
  const error = new ApiError(response.status, problem);
  if (response.status === 401 && error.code !== "bad_credentials") signedOut();
  throw error;
}

/** @param {string} method @param {string} url @param {Options} options */
async function send(method, url, options) {
  try {
    return await fetch(url, {
      method,
      headers: headers(method, options),
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      credentials: "same-origin",
      signal: options.signal,
      keepalive: options.keepalive,
    });
  } catch (error) {
    if (/** @type {Error} */ (error).name === "AbortError") throw error;
    lost();
    throw new ApiError(0, { code: "offline" });
  }
}

/** @param {string} method @param {Options} options */
function headers(method, options) {
  /** @type {Record<string, string>} */
  const all = { Accept: "application/json", "X-Requested-With": "lambdesk" };
  if (options.body !== undefined) all["Content-Type"] = "application/json";
  if (options.ifMatch !== undefined) all["If-Match"] = `"${options.ifMatch}"`;
  if (method === "POST" || method === "PATCH") all["Idempotency-Key"] = options.key || crypto.randomUUID();
  return all;
}

/** @param {string} path @param {Record<string, any>} [query] */
function address(path, query = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const tail = search.toString();
  return BASE + path + (tail ? `?${tail}` : "");
}

/** @param {Response} response */
async function readJson(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

export const api = {
  /** @param {string} path @param {Record<string, any>} [query] @param {Options} [options] */
  get: (path, query, options) => call("GET", path, { ...options, query }),
  /** @param {string} path @param {any} [body] @param {Options} [options] */
  post: (path, body = {}, options) => call("POST", path, { ...options, body }),
  /** @param {string} path @param {any} body @param {Options} [options] */
  patch: (path, body, options) => call("PATCH", path, { ...options, body }),
  /** @param {string} path @param {Options} [options] with the body, where there is one */
  put: (path, options) => call("PUT", path, options),
  /** @param {string} path @param {Options} [options] */
  delete: (path, options) => call("DELETE", path, options),
};
