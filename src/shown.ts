/** What Jupyter draws for a value: MIME type → content (text, or base64 for pictures). */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** The key that Jupyter kernels know a value's own way of showing itself by: this package's and Deno's. */
export const jupyterDisplay: unique symbol = Symbol.for("Jupyter.display");

/**
 * A value that shows itself at the end of a notebook cell, as a picture and as text.
 *
 * The drawing lives in `show/` and is loaded when a picture is first asked for, so that the method itself
 * knows nothing of pictures. This is the one place where a file reaches down the house.
 */
export interface Shown {
  /** Called by the kernel for the value at the end of a cell. */
  [jupyterDisplay](): Promise<MimeBundle>;
}

/** What such values extend. Its type is written apart, since declarations are made file by file. */
export const Shown: abstract new () => Shown = class {
  async [jupyterDisplay](): Promise<MimeBundle> {
    const { bundle } = await import("./show/bundle.js");
    return bundle(this);
  }
};
