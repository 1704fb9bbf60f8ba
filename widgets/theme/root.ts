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

/** What is said when the kernel is gone, and when it doesn't answer. */
export interface KernelWords {
  readonly gone: string;
  readonly quiet: string;
}

export function makeRoot(
  el: HTMLElement,
  name: string,
  label: string,
  channel: Channel,
  signal: AbortSignal,
  words: KernelWords = { gone: goneWords, quiet: quietWords },
): Root {
  const element = document.createElement("section");
  element.className = `deconvnet ${name}`;
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
  keepKeys(element, signal);
  signal.addEventListener("abort", () => element.remove());

  let complaint: string | undefined;
  const draw = (kernel: Kernel): void => {
    const said =
      kernel === "gone" ? words.gone : (complaint ?? (kernel === "quiet" ? words.quiet : undefined));
    notice.hidden = said === undefined;
    notice.textContent = said ?? "";
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

/**
 * Keys pressed inside a widget are none of the notebook's. JupyterLab goes up from what has the focus until it meets
 * what a shortcut is for, or this attribute; some shortcuts are for whatever has the focus, so the root's own attribute
 * comes too late for the buttons inside. It is put on them before JupyterLab hears of a key. But what is about the whole
 * notebook is handed on, else the browser would save its page.
 */
function keepKeys(element: HTMLElement, signal: AbortSignal): void {
  const keep = (one: HTMLElement, is: boolean): void => {
    if (is) one.dataset.lmSuppressShortcuts = "true";
    else delete one.dataset.lmSuppressShortcuts;
  };
  keep(element, true);
  const before = (event: KeyboardEvent): void => {
    const { target } = event;
    if (!(target instanceof HTMLElement && element.contains(target))) return;
    for (const one of [element, target]) keep(one, !isNotebooks(event));
    // The browser would mark the whole page.
    if ((event.ctrlKey || event.metaKey) && event.key === "a" && !(target instanceof HTMLInputElement))
      event.preventDefault();
  };
  window.addEventListener("keydown", before, { capture: true, signal });
}

/** Save, save as, and the list of commands; not those that cut, paste, undo or run cells. */
function isNotebooks({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  const letter = key.toLowerCase();
  return (ctrlKey || metaKey) && !altKey && (letter === "s" || (shiftKey && letter === "c"));
}
