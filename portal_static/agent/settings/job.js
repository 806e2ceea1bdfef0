/** Jobs that the settings have begun: followed until they end, whatever screen is open. */
import { api } from "../../shared/api.js";
import { html } from "../../shared/element.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { Store } from "../../shared/store.js";

const BEAT = 1000; // ms between two looks at a job
const ENDED = ["finished", "cancelled", "failed"];

/** @typedef {{id: string, state: string, total: number | null, progress: number, counts: {done: number, unchanged: number, failed: number}}} Job */

/** By what they are about. @extends {Store<Record<string, Job>>} */
class Jobs extends Store {
  /** @param {string} subject */
  of(subject) {
    return this.value[subject];
  }

  /** @param {any} body @param {string} subject @param {() => any} done */
  async start(body, subject, done) {
    const job = await api.post("/jobs", body);
    this.merge({ [subject]: job });
    this.look(job.id, subject, done);
  }

  /** @param {string} id @param {string} subject @param {() => any} done */
  look(id, subject, done) {
    setTimeout(async () => {
      const job = await api.get(`/jobs/${id}`).catch(() => this.of(subject));
      if (!ENDED.includes(job.state)) {
        this.merge({ [subject]: job });
        return this.look(id, subject, done);
      }
      this.set(Object.fromEntries(Object.entries(this.value).filter(([each]) => each !== subject)));
      if (job.state === "finished" && !job.counts.failed) return done();
      await done();
      say({ bad: true, text: t("job.ended", { done: job.counts.done, failed: job.counts.failed }) });
    }, BEAT);
  }
}

export const jobs = new Jobs({});

/** @param {Job} job */
export function jobLine({ total, progress, counts }) {
  const done = counts.done + counts.unchanged + counts.failed;
  return html`<div class="job" role="status"><progress class="progress" max="1" .value=${progress} aria-label=${t("job.running")}></progress><span class="t12 i2">${total === null ? t("job.preparing") : t("job.progress", { done, total })}</span></div>`;
}
