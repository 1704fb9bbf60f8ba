/** What Jupyter draws for a value: MIME type → content (text, or base64 for pictures). */
export type MimeBundle = Readonly<Record<string, unknown>>;

/**
 * A value that shows itself at the end of a notebook cell, as a picture and as text.
 *
 * The drawing lives in `show/` and is loaded when a picture is first asked for, so that the method itself
 * knows nothing of pictures. This is the one place where a file reaches down the house.
 */
export abstract class Shown {
  /** Called by Jupyter kernels that know `Symbol.for("Jupyter.display")`, this package's and Deno's. */
  async [Symbol.for("Jupyter.display")](): Promise<MimeBundle> {
    const { bundle } = await import("./show/bundle.js");
    return bundle(this);
  }
}
