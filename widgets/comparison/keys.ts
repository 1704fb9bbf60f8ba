import type { Place } from "../pictures/pixel-panel.js";

/** The footer's words. */
export const hints: readonly { readonly keys: readonly string[]; readonly words: string }[] = [
  { keys: ["←", "→", "↑", "↓"], words: "pixel" },
  { keys: ["⇧", "←↑↓→"], words: "ten pixels" },
  { keys: ["Esc"], words: "no pixel" },
];

const arrows: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * Where a key takes the cross in pictures of this size: the first one puts it in the middle. `null` takes it away;
 * undefined: the key is not for it.
 */
export function crossAfter(
  { key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">,
  cross: Place | undefined,
  { height, width }: { readonly height: number; readonly width: number },
): Place | null | undefined {
  if (key === "Escape") return null;
  const by = Object.hasOwn(arrows, key) ? arrows[key] : undefined;
  if (!by) return undefined;
  if (!cross) return { y: Math.floor(height / 2), x: Math.floor(width / 2) };
  const far = shiftKey ? 10 : 1;
  const within = (at: number, count: number): number => Math.min(count - 1, Math.max(0, at));
  return { y: within(cross.y + by[0] * far, height), x: within(cross.x + by[1] * far, width) };
}
