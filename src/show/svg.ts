import { encodePng } from "../image/png.js";
import type { Drawing, Mark } from "./drawing.js";

/**
 * A drawing as an SVG file that needs nothing else: pictures are inside, text is outlines.
 *
 * @param title read out by screen readers
 */
export async function svg(drawing: Drawing, title: string): Promise<string> {
  const { width, height, page } = drawing;
  const marks = await Promise.all(drawing.marks.map(element));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="${page}"/>`,
    ...marks,
    "</svg>\n",
  ].join("\n");
}

async function element(mark: Mark): Promise<string> {
  if (mark.kind === "picture") {
    const { x, y, width, height, photo, smooth } = mark;
    const bytes = Buffer.from(await encodePng(photo)).toString("base64");
    return `<image x="${x}" y="${y}" width="${width}" height="${height}" preserveAspectRatio="none"${
      smooth ? "" : ' style="image-rendering:pixelated"'
    } href="data:image/png;base64,${bytes}"/>`;
  }
  const { x, y, path, fill = "none", stroke, strokeWidth = 1, dash } = mark;
  const move = x || y ? ` transform="translate(${round(x)} ${round(y)})"` : "";
  const edge = stroke ? ` stroke="${stroke}" stroke-width="${strokeWidth}"` : "";
  const dashes = dash ? ` stroke-dasharray="${dash.join(" ")}"` : "";
  return `<path${move} d="${path}" fill="${fill}"${edge}${dashes}/>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Text for a place between tags; what is no sign of XML at all is left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "");
}
