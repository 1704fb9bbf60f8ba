import { element } from "../theme/element.js";

/** Takes a picture's file that is dropped anywhere on the root. */
export function takeDrops(root: HTMLElement, take: (file: File) => void, signal: AbortSignal): void {
  const curtain = element("div", {
    class: "curtain",
    hidden: "",
    text: "Drop the photo here: the same unit is looked at in it.",
  });
  root.append(curtain);
  const hasFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const over = (event: DragEvent): void => {
    if (!hasFile(event)) return;
    // The notebook around would open the file.
    event.preventDefault();
    event.stopPropagation();
    curtain.hidden = false;
  };
  root.addEventListener("dragenter", over, { signal });
  root.addEventListener("dragover", over, { signal });
  root.addEventListener(
    "dragleave",
    (event) => {
      if (!root.contains(event.relatedTarget as Node | null)) curtain.hidden = true;
    },
    { signal },
  );
  root.addEventListener(
    "drop",
    (event) => {
      if (!hasFile(event)) return;
      event.preventDefault();
      event.stopPropagation();
      curtain.hidden = true;
      const [file] = event.dataTransfer?.files ?? [];
      if (file) take(file);
    },
    { signal },
  );
}
