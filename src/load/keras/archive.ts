import { unzipSync } from "fflate";
import { FileError } from "../../errors.js";

/** Weights hardly compress, and text by some ten: what claims more than this is no honest file. */
const mostGrowth = 64;

/**
 * Two entries of a `.keras` file, which is a zip archive.
 *
 * @throws {FileError} where it is damaged, lacks one, or claims sizes out of all proportion
 */
export function keras3Archive(
  where: string,
  path: string,
  bytes: Uint8Array,
): { readonly config: string; readonly weights: Uint8Array } {
  const wanted = ["config.json", "model.weights.h5"];
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => {
        if (!wanted.includes(name)) return false;
        if (size > bytes.length || originalSize > Math.max(mostGrowth * size, 1 << 20)) {
          throw new Error(`${name} claims ${size} bytes that unpack to ${originalSize}`);
        }
        return true;
      },
    });
  } catch (cause) {
    const sentence = `is no whole zip archive (${(cause as Error).message}); save or fetch it again`;
    throw new FileError(where, path, "malformed", sentence, { cause });
  }
  const [config, weights] = wanted.map((name) => {
    const entry = Object.hasOwn(entries, name) ? entries[name] : undefined;
    if (entry === undefined)
      throw new FileError(where, path, "malformed", `has no ${name}; is it a Keras model?`);
    return entry;
  });
  return { config: new TextDecoder().decode(config), weights };
}
