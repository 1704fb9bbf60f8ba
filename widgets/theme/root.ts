import { type Channel, goneWords, type Kernel, quietWords } from "../requests/channel.js";
import "./theme.css";

/**
 * A widget's outermost element, inside the cell's output: it takes the keyboard's focus, keeps JupyterLab's shortcuts off
 * what is typed in it, and says above everything else what went wrong or that the kernel is gone.
 */
export interface Root {
  readonly element: HTMLElement;
  /** Says what went wrong, until the next call; `undefined` says nothing. */
  complain(words: string | undefined): void;
}

export function makeRoot(
  el: HTMLElement,
  name: string,
  label: string,
  channel: Channel,
  signal: AbortSignal,
): Root {
  const element = document.createElement("section");
  element.className = `deconvnet ${name}`;
  element.dataset.lmSuppressShortcuts = "true";
  element.dataset.testid = name;
  element.tabIndex = 0;
  element.setAttribute("aria-label", label);
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.dataset.testid = "notice";
  notice.setAttribute("role", "status");
  notice.hidden = true;
  element.append(notice);
  el.append(element);
  signal.addEventListener("abort", () => element.remove());

  let complaint: string | undefined;
  const draw = (kernel: Kernel): void => {
    const words =
      kernel === "gone" ? goneWords : (complaint ?? (kernel === "quiet" ? quietWords : undefined));
    notice.hidden = words === undefined;
    notice.textContent = words ?? "";
    notice.classList.toggle("error", kernel === "gone" || complaint !== undefined);
    element.classList.toggle("gone", kernel === "gone");
  };
  signal.addEventListener("abort", channel.onKernel(draw));
  draw(channel.kernel);
  return {
    element,
    complain(words) {
      complaint = words;
      draw(channel.kernel);
    },
  };
}
