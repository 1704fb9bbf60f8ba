/** What the keyboard can do. */
export interface Moves {
  readonly step: (by: number) => void;
  readonly ends: (last: boolean) => void;
  readonly play: () => void;
  readonly map: (by: number) => void;
  /** The pinned cell, by rows and columns. */
  readonly cell: (down: number, right: number) => void;
  readonly unpin: () => void;
}

/** The footer's words. */
export const hints: readonly { readonly keys: readonly string[]; readonly words: string }[] = [
  { keys: ["←", "→"], words: "step" },
  { keys: ["Space"], words: "play" },
  { keys: ["[", "]"], words: "map" },
  { keys: ["⇧", "←↑↓→"], words: "cell" },
  { keys: ["Esc"], words: "unpin" },
];

/** Does what a key says; leaves to fields and to the browser what is theirs. */
export function onKey(event: KeyboardEvent, moves: Moves): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const { target } = event;
  if (target instanceof HTMLInputElement) return;
  // A button that was reached by the keyboard is pressed by it, and several of which one is chosen go by the arrows.
  const own = target instanceof HTMLButtonElement && target.matches(":focus-visible");
  if (own && (event.key === " " || target.getAttribute("role") === "radio")) return;
  const move = event.shiftKey ? cellMove(event.key, moves) : moveOf(event.key, moves);
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}

function cellMove(key: string, { cell }: Moves): (() => void) | undefined {
  const by = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
  }[key];
  return by && (() => cell(by[0], by[1]));
}

function moveOf(key: string, moves: Moves): (() => void) | undefined {
  switch (key) {
    case "ArrowLeft":
      return () => moves.step(-1);
    case "ArrowRight":
      return () => moves.step(1);
    case "Home":
      return () => moves.ends(false);
    case "End":
      return () => moves.ends(true);
    case " ":
      return moves.play;
    case "[":
      return () => moves.map(-1);
    case "]":
      return () => moves.map(1);
    case "Escape":
      return moves.unpin;
    default:
      return undefined;
  }
}
