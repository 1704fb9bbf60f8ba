/** What a key does, in the lesson's language. */
export interface KeyWords {
  readonly keys: readonly string[];
  readonly words: string;
}

/** The line of keys below a lesson. */
export function keysOf(labels: Readonly<Record<string, string>>, more: readonly KeyWords[]): HTMLElement[] {
  const sample = document.createElement("span");
  sample.className = "sample";
  sample.textContent = "3";
  sample.setAttribute("aria-hidden", "true");
  const all: readonly KeyWords[] = [
    { keys: ["←", "→", "↑", "↓"], words: labels.moveWindow ?? "" },
    ...more,
    { keys: ["Enter"], words: labels.edit ?? "" },
    { keys: ["Esc"], words: labels.putBack ?? "" },
  ];
  return [
    group([sample], labels.editable ?? ""),
    ...all.map(({ keys, words }) =>
      group(
        keys.map((key) => {
          const element = document.createElement("kbd");
          element.textContent = key;
          return element;
        }),
        words,
      ),
    ),
  ];
}

function group(before: readonly HTMLElement[], words: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "key fact";
  element.append(...before, words);
  return element;
}
