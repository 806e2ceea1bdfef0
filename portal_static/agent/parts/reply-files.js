/** Files that come into the reply box by paste or drop. */

/** @param {any} box the reply box @param {ClipboardEvent} event */
export function paste(box, event) {
  const files = event.clipboardData?.files;
  if (!files?.length || event.clipboardData?.types.includes("text/html")) return;
  event.preventDefault();
  event.stopPropagation();
  box.attach(files);
}

/** @param {any} box the reply box @param {DragEvent} event */
export function drag(box, event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  box.dragging = event.type === "dragover";
  if (event.type === "drop") box.attach(event.dataTransfer.files);
}
