import { Photo } from "../image/photo.js";
import { encodePng } from "../image/png.js";
import type { Drawing } from "./drawing.js";
import { density } from "./raster.js";

/** PDF counts in points, of which a CSS pixel has three quarters. */
const points = 0.75;

/** A drawing as a PDF file of one page of its size: outlines stay outlines, pictures stay as they are. */
export async function pdf(drawing: Drawing, title: string): Promise<Uint8Array> {
  const { default: PDFDocument } = await import("pdfkit");
  const document = new PDFDocument({
    size: [drawing.width * points, drawing.height * points],
    margin: 0,
    info: { Title: title, Creator: "deconvnet" },
  });
  const chunks: Uint8Array[] = [];
  const finished = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", () => resolve(Buffer.concat(chunks)));
    document.on("error", reject);
  });
  document.scale(points);
  document.rect(0, 0, drawing.width, drawing.height).fill(drawing.page);
  for (const mark of drawing.marks) {
    document.save();
    if (mark.kind === "picture") {
      const { x, y, width, height } = mark;
      const photo = mark.smooth ? mark.photo : enlarged(mark.photo, width, height);
      document.image(Buffer.from(await encodePng(photo)), x, y, { width, height });
    } else {
      document
        .translate(mark.x, mark.y)
        .path(mark.path)
        .lineWidth(mark.strokeWidth ?? 1);
      if (mark.dash) document.dash(mark.dash[0], { space: mark.dash[1] ?? mark.dash[0] });
      if (mark.fill && mark.stroke) document.fillAndStroke(mark.fill, mark.stroke);
      else if (mark.fill) document.fill(mark.fill);
      else if (mark.stroke) document.stroke(mark.stroke);
    }
    document.restore();
  }
  document.end();
  return finished;
}

/** Viewers may smooth what has few pixels, so hard pixels are written several times. */
function enlarged(photo: Photo, width: number, height: number): Photo {
  const times = Math.ceil(Math.max(width / photo.width, height / photo.height) * density);
  if (times <= 1) return photo;
  const [rows, columns] = [photo.height * times, photo.width * times];
  const data = new Uint8Array(rows * columns * 3);
  for (let y = 0, to = 0; y < rows; y++) {
    const row = Math.floor(y / times) * photo.width;
    for (let x = 0; x < columns; x++, to += 3) {
      const from = (row + Math.floor(x / times)) * 3;
      data[to] = photo.data[from];
      data[to + 1] = photo.data[from + 1];
      data[to + 2] = photo.data[from + 2];
    }
  }
  return new Photo(columns, rows, data, photo.name);
}
