import type { Drawing } from "./drawing.js";
import { svg } from "./svg.js";

/** Stills have so many pixels a CSS pixel, for sharp screens and projectors. */
export const density = 2;

/**
 * A drawing as a PNG file, two pixels a CSS pixel, and marked so (144 dpi).
 *
 * @param colours how many at most, dithered: a file a third as large, for notebooks with many pictures. All unless told
 */
export async function png(drawing: Drawing, title: string, colours?: number): Promise<Uint8Array> {
  const { default: sharp } = await import("sharp");
  const file = Buffer.from(await svg(drawing, title));
  // 72 dpi is one pixel a CSS pixel here. `unlimited`: pictures inside may be longer than XML's usual limit.
  return sharp(file, { density: 72 * density, unlimited: true })
    .flatten({ background: drawing.page })
    .png(
      colours
        ? { palette: true, colours, effort: 4 }
        : // Filters halve photographs; flat colours are smaller without.
          { adaptiveFiltering: drawing.marks.some((mark) => mark.kind === "picture" && mark.smooth) },
    )
    .withMetadata({ density: 72 * density })
    .toBuffer();
}
