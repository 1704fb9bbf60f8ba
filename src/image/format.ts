/** The kinds of file that `readImage` reads. */
export type PictureFormat = "JPEG" | "PNG" | "WebP" | "AVIF" | "TIFF" | "GIF";

/**
 * Which kind of picture these bytes begin, told by their signature alone, or `undefined`: so nothing but
 * the six kinds of picture ever reaches a decoder, whatever the file is called.
 *
 * @param bytes the file's beginning, 32 bytes are enough
 */
export function pictureFormat(bytes: Uint8Array): PictureFormat | undefined {
  const starts = (signature: string, offset = 0): boolean =>
    [...signature].every((character, i) => bytes[offset + i] === character.charCodeAt(0));
  if (starts("\xff\xd8\xff")) return "JPEG";
  if (starts("\x89PNG\r\n\x1a\n")) return "PNG";
  if (starts("GIF87a") || starts("GIF89a")) return "GIF";
  if (starts("RIFF") && starts("WEBP", 8)) return "WebP";
  if (starts("II*\0") || starts("MM\0*") || starts("II+\0") || starts("MM\0+")) return "TIFF";
  // The brand of AVIF's box is "avif" or "avis"; some encoders put the container's brand first.
  if (starts("ftyp", 4) && ["avif", "avis", "mif1", "msf1"].some((brand) => starts(brand, 8))) return "AVIF";
  return undefined;
}

/**
 * Whether the file ends before what its own header points at. Decoders report this in many words, or
 * (WebP, TIFF) in words that do not say so.
 */
export function endsTooSoon(format: PictureFormat, bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === "WebP") return bytes.length < 12 || view.getUint32(4, true) + 8 > bytes.length;
  if (format === "TIFF" && bytes[2] + bytes[3] === 42)
    return bytes.length < 8 || view.getUint32(4, bytes[0] === 0x49) >= bytes.length;
  return false;
}
