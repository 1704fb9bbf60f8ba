/** What the keyboard can do; true where there was something to do. */
export interface Moves {
  /** Rows and columns. */
  readonly unit: (down: number, across: number) => void;
  readonly map: (by: number) => void;
  readonly layer: (by: number) => void;
  readonly ninth: (place: number) => void;
  readonly strongest: () => void;
  readonly rule: () => void;
  readonly step: () => void;
}

/** The footer's words. */
export const hints: readonly { readonly keys: readonly string[]; readonly words: string }[] = [
  { keys: ["←", "→", "↑", "↓"], words: "unit" },
  { keys: ["[", "]"], words: "map" },
  { keys: ["PgUp", "PgDn"], words: "layer" },
  { keys: ["1", "–", "9"], words: "strongest" },
  { keys: ["M"], words: "strongest unit of the map" },
  { keys: ["R"], words: "rule" },
  { keys: ["S"], words: "step down through the layers" },
];

/** Does what a key says; leaves to fields and to the browser what is theirs. */
export function onKey(event: KeyboardEvent, moves: Moves): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement) return;
  const move = moveOf(event.key, moves);
  if (!move) return;
  event.preventDefault();
  event.stopPropagation();
  move();
}

function moveOf(key: string, moves: Moves): (() => void) | undefined {
  if (/^[1-9]$/.test(key)) return () => moves.ninth(Number(key) - 1);
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case "ArrowLeft":
      return () => moves.unit(0, -1);
    case "ArrowRight":
      return () => moves.unit(0, 1);
    case "ArrowUp":
      return () => moves.unit(-1, 0);
    case "ArrowDown":
      return () => moves.unit(1, 0);
    case "[":
      return () => moves.map(-1);
    case "]":
      return () => moves.map(1);
    case "PageUp":
      return () => moves.layer(1);
    case "PageDown":
      return () => moves.layer(-1);
    case "m":
      return moves.strongest;
    case "r":
      return moves.rule;
    case "s":
      return moves.step;
    default:
      return undefined;
  }
}
