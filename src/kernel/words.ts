/**
 * The words that every cell has: `display`, `input`, `progress`, `interruption`. They yield to names of the
 * user's own and of the prelude.
 *
 * @module
 */
import type { MimeBundle } from "./bundle.js";
import {
  type Displayed,
  type NotebookKernel,
  type ProgressOptions,
  runningKernel,
} from "./notebook-kernel.js";

/** Shows things in the output of the running cell; each answers with what was shown, to `update` it in place. */
export interface Display {
  /**
   * Shows any value, as the last expression of a cell is shown.
   *
   * @example
   * const shown = display(1);
   * shown.update(2); // stands where 1 stood
   */
  (value: unknown): Displayed;
  /** HTML, drawn by the front end as it is. */
  html(text: string): Displayed;
  /** Markdown, with formulas between `$`. */
  markdown(text: string): Displayed;
  /** A formula or text in LaTeX; formulas stand between `$`. */
  latex(text: string): Displayed;
  /** A drawing as SVG's text. */
  svg(text: string): Displayed;
  /** A picture: the bytes of a PNG file, or their base64. */
  png(data: Uint8Array | string): Displayed;
  /** A picture: the bytes of a JPEG file, or their base64. */
  jpeg(data: Uint8Array | string): Displayed;
  /** A picture that may move: the bytes of a GIF file, or their base64. */
  gif(data: Uint8Array | string): Displayed;
  /** A value as a tree that can be folded; it has to be possible as JSON. */
  json(value: unknown): Displayed;
  /** JavaScript that the page runs. */
  javascript(text: string): Displayed;
  /** Plain text. */
  text(text: string): Displayed;
  /** Several forms of one thing, by MIME type; the front end shows the richest that it knows. Bytes become base64. */
  bundle(data: MimeBundle, metadata?: object): Displayed;
  /** Long text for a pager, as a console has one; JupyterLab shows it under the cell when that has ended. */
  page(text: string): void;
  /** Empties the cell's output: at once, or with `wait` when the next output comes, so that nothing flickers. */
  clear(options?: { readonly wait?: boolean }): void;
}

/** Shows any value in the output of the running cell; `display.html(…)`, `display.png(…)` and so on show it as they say. */
export const display: Display = Object.assign((value: unknown) => kernel("display").show(value), {
  html: (text: string) => one("text/html", text),
  markdown: (text: string) => one("text/markdown", text),
  latex: (text: string) => one("text/latex", text),
  svg: (text: string) => one("image/svg+xml", text),
  png: (data: Uint8Array | string) => one("image/png", data),
  jpeg: (data: Uint8Array | string) => one("image/jpeg", data),
  gif: (data: Uint8Array | string) => one("image/gif", data),
  json: (value: unknown) => one("application/json", value),
  javascript: (text: string) => one("text/javascript", text),
  text: (text: string) => one("text/plain", text),
  bundle: (data: MimeBundle, metadata?: object) => kernel("display").bundle(data, metadata),
  page: (text: string) => kernel("display").page({ "text/plain": text }),
  clear: (options?: { readonly wait?: boolean }) => kernel("display").clear(options),
});

/**
 * Asks the user for a line of text; `await` it.
 *
 * @param prompt what stands before the field
 * @param options `password: true` hides what is typed
 * @throws {Error} where nobody can be asked, as when a notebook is run without a person
 * @example
 * const name = await input("Your name? ");
 */
export function input(prompt = "", options: { readonly password?: boolean } = {}): Promise<string> {
  return kernel("input").input(prompt, options);
}

/**
 * Goes through `items`, and draws one line that says how far, how fast, and how long it will take.
 *
 * @param items what a `for` loop can go through; `for await` where it is asynchronous
 * @param options `title`; `total`, where `items` does not know its length
 * @example
 * for (const photo of progress(photos)) await study(photo);
 */
export function progress<T>(items: Iterable<T>, options?: ProgressOptions): Generator<T, void, undefined>;
export function progress<T>(
  items: AsyncIterable<T>,
  options?: ProgressOptions,
): AsyncGenerator<T, void, undefined>;
export function progress<T>(
  items: Iterable<T> | AsyncIterable<T>,
  options: ProgressOptions = {},
): Generator<T, void, undefined> | AsyncGenerator<T, void, undefined> {
  const total = options.total ?? count(items);
  const settings = total === undefined ? options : { ...options, total };
  return Symbol.asyncIterator in items
    ? goneThroughLater(items, settings)
    : goneThrough(items as Iterable<T>, settings);
}

/**
 * Aborted when the user stops the running cell: hand it to what takes an AbortSignal.
 *
 * @example
 * await fetch(address, { signal: interruption() });
 */
export function interruption(): AbortSignal {
  return kernel("interruption").signal;
}

function* goneThrough<T>(items: Iterable<T>, options: ProgressOptions): Generator<T, void, undefined> {
  const line = kernel("progress").progress(options);
  let done = 0;
  try {
    for (const item of items) {
      yield item;
      line.update(++done);
    }
  } finally {
    line.end();
  }
}

async function* goneThroughLater<T>(
  items: AsyncIterable<T>,
  options: ProgressOptions,
): AsyncGenerator<T, void, undefined> {
  const line = kernel("progress").progress(options);
  let done = 0;
  try {
    for await (const item of items) {
      yield item;
      line.update(++done);
    }
  } finally {
    line.end();
  }
}

function count(items: object): number | undefined {
  const { length, size } = items as { length?: unknown; size?: unknown };
  if (typeof length === "number") return length;
  return typeof size === "number" ? size : undefined;
}

function one(type: string, data: unknown): Displayed {
  return kernel("display").bundle({ [type]: data });
}

function kernel(word: string): NotebookKernel {
  const running = runningKernel();
  if (!running) throw new Error(`${word}: there is no notebook here; run it in a cell`);
  return running;
}
