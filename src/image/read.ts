import type { Work } from "../work.js";
import { hexColour } from "./colour.js";
import { decode } from "./decode.js";
import type { Photo } from "./photo.js";
import { fetchBytes } from "./source.js";

/** How a picture is read. */
export interface ReadOptions extends Pick<Work, "signal"> {
  /** What shows through transparency, `#rrggbb`. White unless told, as on a page. */
  readonly background?: string;
  /** What to call the picture. Its file's name unless told. */
  readonly name?: string;
  /** Milliseconds to wait for a server, for the whole download. 30,000 unless told. */
  readonly timeout?: number;
}

/**
 * Reads a picture as people see it: a JPEG, PNG, WebP, AVIF, TIFF (first page) or GIF (first frame).
 *
 * What comes back is upright (EXIF orientation applied), RGB with 8 bits a channel: an embedded colour
 * profile and CMYK are converted to sRGB, greyscale gets three equal channels, 16 bits keep their upper 8,
 * and transparency is laid over the background.
 *
 * @param source a file's path, a `file:`, `http(s):` or `data:` URL, or the file's bytes
 * @throws {FileError} when the file is missing, cut off, no such picture, larger than 256 MiB, or claims
 *   more than 100 million pixels: each found before anything large is read or decoded
 * @throws {DownloadError} when a server does not give it in time
 * @example
 * const cat = await readImage("notebooks/photos/chelsea.png");
 * [cat.width, cat.height]; // [451, 300]
 */
export async function readImage(
  source: string | URL | Uint8Array,
  options: ReadOptions = {},
): Promise<Photo> {
  const { background = "#ffffff", signal, timeout = 30_000 } = options;
  hexColour("readImage", "background", background);
  const { bytes, name } = await fetchBytes(source, { signal, timeout });
  const where = source instanceof Uint8Array ? (options.name ?? `${bytes.length} bytes`) : String(source);
  const photo = await decode(bytes, where, options.name ?? name, background);
  signal?.throwIfAborted();
  return photo;
}
