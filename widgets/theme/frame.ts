/** Resolves once the page has been shown as it is now: what takes its time then keeps nothing from being seen. */
export function shown(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  });
}
