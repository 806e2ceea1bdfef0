/** Files beside a text: chosen, dropped or pasted, and on their way before the text is sent. */
import { html, nothing } from "../shared/element.js";
import { t } from "../shared/i18n.js";
import { uploadCard } from "../shared/parts/attachments.js";
import { icon } from "../shared/parts/icons.js";
import { Upload } from "../shared/uploads.js";

const PATH = "/portal/attachments";

/** Lit controller that holds the files of one form. */
export class Files {
  /** @param {import("../shared/element.js").Component} host */
  constructor(host) {
    this.host = host;
    /** @type {Upload[]} */
    this.uploads = [];
  }

  get ids() {
    return this.uploads.map((upload) => upload.value.id);
  }

  get pending() {
    return this.uploads.filter((upload) => upload.value.state !== "done").length;
  }

  /** @param {Iterable<File>} files */
  add(files) {
    const added = [...files].map((file) => new Upload(file, PATH));
    for (const upload of added) upload.watch(() => this.host.requestUpdate());
    this.uploads = [...this.uploads, ...added];
    this.host.requestUpdate();
  }

  /** @param {Upload} upload */
  remove(upload) {
    upload.cancel();
    this.uploads = this.uploads.filter((each) => each !== upload);
    this.host.requestUpdate();
  }

  clear() {
    this.uploads = [];
  }

  /** @param {ClipboardEvent | DragEvent} event */
  take(event) {
    const data = "clipboardData" in event ? event.clipboardData : event.dataTransfer;
    if (!data?.files.length) return;
    event.preventDefault();
    this.add(data.files);
  }

  pick() {
    const input = document.createElement("input");
    input.type = "file";
    input.multiple = true;
    input.onchange = () => input.files && this.add(input.files);
    input.click();
  }

  cards() {
    if (!this.uploads.length) return nothing;
    return html`<div class="attachments">${this.uploads.map((upload) => uploadCard(upload, () => this.remove(upload)))}</div>`;
  }

  button() {
    return html`<button type="button" class="btn ghost add-files" @click=${() => this.pick()}>${icon("clip")}${t("portal.add_files")}</button>
      <span class="i3 t12 limit">${this.pending ? t("reply.waits", { n: this.pending }) : t("portal.limit")}</span>`;
  }
}
