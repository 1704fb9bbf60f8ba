import type { Locator } from "playwright-core";
import { expect } from "vitest";
import type { Unit } from "../../src/index.js";
import type { NotebookPage } from "./notebook-page.js";
import { patience } from "./notebook-page.js";

/** One explorer on a page, found by what widgets/explorer/index.ts lists. */
export class ExplorerOnPage {
  readonly notebook: NotebookPage;
  readonly root: Locator;

  /** @param inside what holds the explorer, such as an output */
  constructor(notebook: NotebookPage, inside: Locator) {
    this.notebook = notebook;
    this.root = inside.locator('[data-testid="explorer"]');
  }

  find(testid: string): Locator {
    return this.root.locator(`[data-testid="${testid}"]`);
  }

  layer(name: string): Locator {
    return this.root.locator(`[data-testid="layer"][data-layer="${name}"]`);
  }

  /** Nothing on it belongs to what was chosen before. */
  async settled(): Promise<void> {
    await this.find("projection-canvas").waitFor({ state: "attached" });
    const late = this.root.locator('[aria-busy="true"], .nine.waiting, .layer.pending');
    await until(async () => (await late.count()) === 0, "the explorer is still fetching");
  }

  /** The unit by its title: "conv4_3 › map 433 › unit 10, 9". */
  async unit(): Promise<Unit> {
    const title = await this.find("title").innerText();
    const [, layer, ...numbers] = /^(.*) › map (\d+) › unit (\d+), (\d+)$/.exec(title) ?? [];
    if (layer === undefined) throw new Error(`a title of another form: ${title}`);
    const [map, y, x] = numbers.map(Number);
    return { layer, map, y, x };
  }

  /** Waits until a unit is chosen of which this is known. */
  async isAt(wanted: Partial<Unit>): Promise<void> {
    let unit: Unit | undefined;
    const isThere = async (): Promise<boolean> => {
      unit = await this.unit();
      return Object.entries(wanted).every(([key, value]) => unit?.[key as keyof Unit] === value);
    };
    await until(isThere, () => `${JSON.stringify(unit)} is chosen, wanted ${JSON.stringify(wanted)}`);
  }

  /** Waits until that photo is looked at. */
  async isPhoto(name: string): Promise<void> {
    const shown = this.find("photos").locator("option:checked");
    await until(async () => (await shown.innerText()) === name, `the photo is not ${name}`);
  }

  /** The maps' numbers, as they stand in the atlas. */
  async maps(): Promise<number[]> {
    await this.settled();
    return (await this.find("atlas").getAttribute("data-maps"))!.split(" ").map(Number);
  }

  /** Clicks the cell of a map in the atlas. */
  async clickMap(map: number): Promise<void> {
    const maps = await this.maps();
    const atlas = this.find("atlas");
    const columns = Number(await atlas.getAttribute("data-columns"));
    await clickCell(atlas, columns, Math.ceil(maps.length / columns), maps.indexOf(map));
  }

  /** Clicks a unit in the map. */
  async clickUnit(rows: number, columns: number, y: number, x: number): Promise<void> {
    await clickCell(this.find("map-chart"), columns, rows, y * columns + x);
  }
}

/** Waits for what is to come, and says what it was when it does not. */
export async function until(
  isSo: () => Promise<boolean>,
  otherwise: string | (() => string),
  within: number = patience / 3,
): Promise<void> {
  for (const end = Date.now() + within; !(await isSo()); ) {
    if (Date.now() > end) throw new Error(typeof otherwise === "string" ? otherwise : otherwise());
    await new Promise((again) => setTimeout(again, 20));
  }
}

async function clickCell(board: Locator, columns: number, rows: number, place: number): Promise<void> {
  await board.scrollIntoViewIfNeeded();
  const box = (await board.boundingBox())!;
  const [row, column] = [Math.floor(place / columns), place % columns];
  await board
    .page()
    .mouse.click(box.x + ((column + 0.5) * box.width) / columns, box.y + ((row + 0.5) * box.height) / rows);
}

/** What of a page's canvas and events is used here: the tests are compiled without a page's types. */
interface Canvas {
  readonly width: number;
  readonly height: number;
  getContext(kind: "2d"): {
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray };
  };
}

interface PageWithDrags {
  readonly DataTransfer: new () => { readonly items: { add(file: File): void } };
  readonly DragEvent: new (kind: string, how: object) => Event;
}

/** Red, green and blue of every pixel of a canvas, and its size. */
export async function canvasPixels(canvas: Locator): Promise<{ size: string; rgb: Buffer }> {
  const { width, height, data } = await canvas.evaluate((element) => {
    const canvas = element as unknown as Canvas;
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
    let text = "";
    for (let i = 0; i < data.length; i++) if (i % 4 < 3) text += String.fromCharCode(data[i]);
    return { width, height, data: btoa(text) };
  });
  return { size: `${height} × ${width}`, rgb: Buffer.from(data, "base64") };
}

/** The same of what `project` gives in the kernel, drawn there by the library's own picture functions. */
export async function projectedPixels(
  notebook: NotebookPage,
  seen: string,
  unit: Unit,
  { rule = "deconvnet", contrast = 1 } = {},
): Promise<{ size: string; rgb: Buffer }> {
  const printed = await notebook.kernel(`
    import { patch as cut, pictureScale as scaleOf, project as goDown, projectionPicture as drawn } from "deconvnet";
    {
      const { pixels, window } = await goDown(${seen}, ${JSON.stringify(unit)}, { rule: "${rule}" });
      const scale = scaleOf([pixels], { contrast: ${contrast} });
      const [height, width] = pixels.shape;
      const all = window.y <= 0 && window.x <= 0 && window.y + window.height >= height && window.x + window.width >= width;
      const shown = all ? { y: 0, x: 0, height, width } : window;
      const picture = cut(drawn(pixels, { channelOrder: "bgr", scale }), shown, "#808080");
      console.log(picture.height + " × " + picture.width + "\\n" + Buffer.from(picture.data).toString("base64"));
    }`);
  const [size, data] = printed.split("\n");
  return { size, rgb: Buffer.from(data, "base64") };
}

/**
 * The explorer's projection is, pixel by pixel, what the kernel's own code gives for the unit in its title.
 *
 * @param how.fired false: the unit may be at 0, and its picture plain grey
 */
export async function expectProjected(
  explorer: ExplorerOnPage,
  seen = "seen",
  how: { rule?: string; contrast?: number; canvas?: string; fired?: boolean } = {},
): Promise<Unit> {
  await explorer.settled();
  const unit = await explorer.unit();
  const wanted = await projectedPixels(explorer.notebook, seen, unit, how);
  const got = await canvasPixels(explorer.find(how.canvas ?? "projection-canvas"));
  expect(got.size).toBe(wanted.size);
  expect(differing(got.rgb, wanted.rgb), `bytes that differ for ${JSON.stringify(unit)}`).toBe(0);
  if (how.fired === false) return unit;
  expect(new Set(wanted.rgb).size, "a picture, not a plain grey").toBeGreaterThan(20);
  return unit;
}

function differing(a: Buffer, b: Buffer): number {
  let count = Math.abs(a.length - b.length);
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) count++;
  return count;
}

/** Drags a file over an element and drops it there, by the events that a browser sends. */
export async function dropFile(target: Locator, name: string, type: string, bytes: Buffer): Promise<void> {
  await target.evaluate(
    async (element, [name, type, data]) => {
      const content = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
      const { DataTransfer, DragEvent } = globalThis as unknown as PageWithDrags;
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name, { type }));
      for (const kind of ["dragenter", "dragover", "drop"])
        element.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
    },
    [name, type, bytes.toString("base64")] as const,
  );
}
