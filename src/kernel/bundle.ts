import { shortText } from "./short-text.js";

/** What Jupyter draws: MIME type → text, or base64 of a picture, or JSON. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** A value that has a method of this name says itself how it is shown; other TypeScript kernels know it too. */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display");

/**
 * How a value is shown; a promise only where its own method gives one. Undefined: it wants nothing shown.
 *
 * @param complain is told when the value's own method fails, and its text is shown instead
 */
export function bundleOf(
  value: unknown,
  complain: (error: unknown) => void,
): MimeBundle | undefined | Promise<MimeBundle | undefined> {
  const method = displayMethod(value);
  if (!method) return { "text/plain": text(value) };
  const failed = (error: unknown) => {
    complain(error);
    return { "text/plain": text(value) };
  };
  try {
    const bundle = method.call(value);
    return bundle instanceof Promise
      ? bundle.then((later) => readBundle(later, value)).catch(failed)
      : readBundle(bundle, value);
  } catch (error) {
    return failed(error);
  }
}

function displayMethod(value: unknown): (() => unknown) | undefined {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) return undefined;
  try {
    const method = (value as { [displaySymbol]?: unknown })[displaySymbol];
    return typeof method === "function" ? (method as () => unknown) : undefined;
  } catch {
    return undefined; // a proxy that answers to nothing, or to everything with an error
  }
}

function readBundle(bundle: unknown, value: unknown): MimeBundle | undefined {
  if (bundle === undefined || bundle === null) return undefined;
  if (typeof bundle !== "object" || Array.isArray(bundle)) {
    throw new TypeError(
      `Symbol.for("Jupyter.display") gave ${typeof bundle}, wanted an object of MIME types; return { "text/plain": "…" }`,
    );
  }
  const encoded = encodeBundle(bundle as MimeBundle);
  return "text/plain" in encoded ? encoded : { ...encoded, "text/plain": text(value) };
}

/** Bytes go out as base64, as the protocol has it. */
export function encodeBundle(bundle: MimeBundle): MimeBundle {
  return Object.fromEntries(Object.entries(bundle).map(([type, data]) => [type, encoded(data)]));
}

function encoded(data: unknown): unknown {
  if (data instanceof ArrayBuffer) return Buffer.from(data).toString("base64");
  if (!ArrayBuffer.isView(data)) return data;
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString("base64");
}

function text(value: unknown): string {
  try {
    return shortText(value);
  } catch (error) {
    return `a value that can't be shown (${(error as Error)?.message})`;
  }
}
