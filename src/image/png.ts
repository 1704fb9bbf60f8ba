import type { Photo } from "./photo.js";

/** The photo as the bytes of a PNG file. */
export async function encodePng(photo: Photo): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const { width, height, data } = photo;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
