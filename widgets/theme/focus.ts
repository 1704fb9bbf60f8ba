/**
 * Makes a change that may take the focus away, as disabling or replacing a button does, and gives it back: to what has
 * the same label now, else to the widget's root. Else the widget's keys would be dead, and the next ones the notebook's.
 */
export function keepingFocus(root: HTMLElement, change: () => void): void {
  const before = document.activeElement;
  const inside = before instanceof HTMLElement && before !== root && root.contains(before);
  change();
  if (!inside || (before.isConnected && !before.matches(":disabled"))) return;
  const label = before.getAttribute("aria-label");
  const same = [...root.querySelectorAll<HTMLElement>("[aria-label]:not(:disabled)")].find(
    (one) => label !== null && one.getAttribute("aria-label") === label,
  );
  (same ?? root).focus({ preventScroll: true });
}
