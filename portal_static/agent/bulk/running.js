/** Watching a job: how far it is, what it could not do, and undoing it as one. */
import { api } from "../../shared/api.js";
import { t } from "../../shared/i18n.js";
import { say } from "../../shared/parts/toast.js";
import { jobs } from "../state/jobs.js";
import { need } from "../state/parts.js";
import { feed } from "../state/live.js";
import { openDialog } from "../state/ui.js";

const REST = 600; // ms between two looks
const OVER = new Set(["finished", "cancelled", "failed"]);

/** @typedef {import("../state/jobs.js").Job} Job */

/** Follow a job to its end. @param {Job} job */
export async function watchJob(job) {
  need("bulk");
  jobs.set([...jobs.value, job]);
  let now = job;
  let misses = 0;
  while (!OVER.has(now.state)) {
    await new Promise((resolve) => setTimeout(resolve, REST * (1 + misses)));
    try {
      now = await api.get(`/jobs/${job.id}`);
      misses = 0;
    } catch (error) {
      if (++misses > 5) break;
    }
    jobs.set(jobs.value.map((each) => (each.id === job.id ? now : each)));
  }
  jobs.set(jobs.value.filter((each) => each.id !== job.id));
  report(now);
  feed.ask();
}

/** @param {Job} job */
function report(job) {
  const { done, failed } = job.counts;
  const undoing = Boolean(job.undoes);
  const undo = { label: t("action.undo"), keys: "z", run: () => undoJob(job.id) };
  const why = { label: t("bulk.why"), run: () => openDialog("job-faults", job) };
  const words = [t(undoing ? "bulk.undone" : "bulk.done", { n: done }), ...(failed ? [t("bulk.failed", { n: failed })] : []), ...(job.state === "cancelled" ? [t("bulk.cancelled")] : [])];
  say({ text: words.join(" · "), bad: failed > 0 && !done, action: failed ? why : undoing || !done ? undefined : undo });
}

/** @param {string} id */
export async function undoJob(id) {
  try {
    watchJob(await api.put(`/jobs/${id}/undo`));
  } catch (error) {
    const { status, detail } = /** @type {any} */ (error);
    say({ bad: true, text: t("undo.failed", { reason: status ? detail : t("change.offline") }) });
  }
}

/** @param {string} id */
export async function cancelJob(id) {
  await api.delete(`/jobs/${id}`).catch(() => {});
}
