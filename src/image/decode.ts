import type { Metadata } from "sharp";
import { FileError } from "../errors.js";
import { endsTooSoon, type PictureFormat, pictureFormat } from "./format.js";
import { mostPixels, Photo } from "./photo.js";

/** Turns a picture's file into upright RGB pixels on a background; `where` names the file in errors. */
export async function decode(
  bytes: Uint8Array,
  where: string,
  name: string,
  background: string,
): Promise<Photo> {
  const refuse = (problem: FileError["problem"], sentence: string, cause?: unknown): never => {
    throw new FileError("readImage", where, problem, sentence, { cause });
  };
  if (bytes.length === 0) refuse("truncated", "is empty");
  const format =
    pictureFormat(bytes) ?? refuse("malformed", "is no JPEG, PNG, WebP, AVIF, TIFF or GIF picture");
  if (endsTooSoon(format, bytes))
    refuse("truncated", `the ${format} picture is cut off; copy the file again`);

  const { default: sharp } = await import("sharp");
  // `failOn: "error"` also covers what is cut off; mere warnings (stray bytes, odd metadata) are common in good files.
  const picture = sharp(bytes, { failOn: "error", limitInputPixels: false, pages: 1 });
  try {
    const header = await picture.metadata();
    const problem = unreadable(header);
    if (problem) refuse("unreadable", problem);
    const { data, info } = await picture
      .autoOrient()
      .flatten({ background })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return new Photo(info.width, info.height, threeChannels(data, info.channels), name);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    return failed(format, cause, refuse);
  }
}

/** Why a picture whose header was read is not decoded, if so. */
function unreadable({ width, height, depth }: Metadata): string | undefined {
  // A file of a few bytes can claim any size.
  if (width * height > mostPixels)
    return `says it has ${width} × ${height} pixels; at most ${mostPixels / 1e6} million are read, so save it smaller`;
  if (depth !== "uchar" && depth !== "ushort")
    return `holds ${depth} numbers, whose range no file says; save it with 8 or 16 bits a channel`;
  return undefined;
}

/** Decoders name the same mishap in many ways; these are the words for a missing end. */
const endWords =
  /premature end|read error|end of (file|gif|image)|outside of file bounds|not enough|bad seek/i;

function failed(
  format: PictureFormat,
  cause: unknown,
  refuse: (problem: FileError["problem"], sentence: string, cause: unknown) => never,
): never {
  const words = String((cause as Error).message);
  const last = words.trim().split("\n").at(-1);
  if (endWords.test(words))
    return refuse("truncated", `the ${format} picture is cut off (${last}); copy the file again`, cause);
  return refuse(
    "malformed",
    `the ${format} picture can't be decoded (${last}); save it again as PNG or JPEG`,
    cause,
  );
}

/** Greyscale comes out of the decoder with one channel. */
function threeChannels(data: Uint8Array, channels: number): Uint8Array {
  if (channels === 3) return data;
  const rgb = new Uint8Array((data.length / channels) * 3);
  for (let from = 0, to = 0; to < rgb.length; from += channels, to += 3) {
    rgb[to] = data[from];
    rgb[to + 1] = data[from];
    rgb[to + 2] = data[from];
  }
  return rgb;
}
