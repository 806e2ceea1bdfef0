/** Files on their way to the server: announced, sent straight to storage with progress, then named by id. */
import { api } from "./api.js";
import { t } from "./i18n.js";
import { Store } from "./store.js";

export const LARGEST = 25 * 1024 * 1024; // bytes; the API refuses more

/** A file that the server has already, as an upload that is done. @param {{id: string, filename: string, size: number}} file */
export const stored = ({ id, filename, size }) => ({ value: { state: "done", sent: size, id, reason: "" }, file: { name: filename, size }, cancel() {} });

/** @extends {Store<{state: "sending" | "done" | "failed", sent: number, id: string, reason: string}>} */
export class Upload extends Store {
  /** @param {File} file @param {string} path where the API takes attachments */
  constructor(file, path = "/attachments") {
    super({ state: "sending", sent: 0, id: "", reason: "" });
    this.file = file;
    this.path = path;
    this.request = new XMLHttpRequest();
    this.start();
  }

  async start() {
    if (this.file.size > LARGEST) return this.fail(t("upload.too_large"));
    this.set({ state: "sending", sent: 0, id: "", reason: "" });
    try {
      const { name, type, size } = this.file;
      const ticket = await api.post(this.path, { filename: name, content_type: type || "application/octet-stream", size });
      await this.put(ticket.upload);
      this.merge({ state: "done", sent: size, id: ticket.id });
    } catch (error) {
      this.fail(/** @type {Error} */ (error).message || t("upload.failed"));
    }
  }

  /** @param {{url: string, fields: Record<string, string>}} upload */
  put(upload) {
    const form = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) form.append(name, value);
    form.append("file", this.file);
    const request = this.request;
    return new Promise((resolve, reject) => {
      request.upload.onprogress = (event) => this.merge({ sent: event.loaded });
      request.onload = () => (request.status < 300 ? resolve(null) : reject(new Error(t("upload.failed"))));
      request.onerror = () => reject(new Error(t("upload.failed")));
      request.open("POST", upload.url);
      request.send(form);
    });
  }

  /** @param {string} reason */
  fail(reason) {
    this.merge({ state: "failed", reason });
  }

  cancel() {
    this.request.abort();
  }
}
