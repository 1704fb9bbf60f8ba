/** A PNG's chunks before its pixels; more than this is not looked at. */
const longestHead = 64 * 1024;

/** As PNG writes it, in pixels a metre: 144 pixels an inch, which pictures for sharp screens say of themselves. */
const sharp = Math.round(144 / 0.0254);

/**
 * The metadata that shows a PNG for sharp screens at half its size in pixels, as the front end wants it; nothing
 * for any other picture. Without it notebooks show such a picture twice as large, and blurred.
 *
 * @param data the PNG's base64
 */
export function pictureSize(data: unknown): { "image/png"?: { width: number; height: number } } {
  if (typeof data !== "string" || !data.startsWith("iVBORw0KGgo")) return {};
  const head = Buffer.from(data.slice(0, longestHead), "base64");
  const half = (at: number) => Math.round(head.readUInt32BE(at) / 2);
  // A chunk: its length, its type, its content, a checksum. The first one begins after eight bytes.
  for (let at = 8; at + 20 <= head.length; at += 12 + head.readUInt32BE(at)) {
    const type = head.toString("latin1", at + 4, at + 8);
    if (type === "IDAT") return {};
    if (type !== "pHYs") continue;
    const [across, down] = [head.readUInt32BE(at + 8), head.readUInt32BE(at + 12)];
    const isSharp = [across, down].every((density) => Math.abs(density - sharp) <= 1);
    return isSharp && head[at + 16] === 1 ? { "image/png": { width: half(16), height: half(20) } } : {};
  }
  return {};
}
