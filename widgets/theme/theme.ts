/** Light or dark, as the page is. */
export type Theme = "light" | "dark";

/** The page's theme: JupyterLab and VS Code say it on the body. */
export function pageTheme(): Theme {
  const { body } = document;
  return body.dataset.jpThemeLight === "false" || body.classList.contains("vscode-dark") ? "dark" : "light";
}

/**
 * Calls back whenever the page's theme changes, until the signal is aborted. In the frame after, since JupyterLab hides
 * the page while it changes its colours: pictures have no size then.
 */
export function onThemeChange(changed: (theme: Theme) => void, signal: AbortSignal): void {
  let before = pageTheme();
  const observer = new MutationObserver(() => {
    const now = pageTheme();
    if (now === before) return;
    before = now;
    requestAnimationFrame(() => {
      if (!signal.aborted) changed(pageTheme());
    });
  });
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  signal.addEventListener("abort", () => observer.disconnect());
}

/** A colour of theme.css as it is in this theme, such as `colour(root, "brand")`. */
export function colour(root: HTMLElement, name: string): string {
  return getComputedStyle(root).getPropertyValue(`--${name}`).trim();
}
