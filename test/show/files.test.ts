import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FileError } from "../../src/errors.js";
import { fromRows } from "../../src/maps.js";
import { bundle, save, still } from "../../src/show/index.js";
import { svg } from "../../src/show/svg.js";
import { drawnPhoto, projected, scene } from "./scene.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "deconvnet-save-"));
});
afterAll(() => rm(folder, { recursive: true }));

const small = fromRows([
  [1, 0],
  [-2, 3],
]);

describe("save", () => {
  test("writes a PNG of two pixels a CSS pixel that says so", async () => {
    const path = join(folder, "maps.png");
    await save(small, path);
    const { format, width, density } = await sharp(path).metadata();
    expect([format, width, density]).toEqual(["png", 2 * still(small).drawing.width, 144]);
  });

  test("writes a photo's own pixels as PNG", async () => {
    const path = join(folder, "photo.PNG");
    const photo = drawnPhoto();
    await save(photo, path);
    const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([photo.width, photo.height]);
    expect(new Uint8Array(data)).toEqual(photo.data);
  });

  test("writes a PDF of one page without any font", async () => {
    const path = join(folder, "projection.pdf");
    await save(projected(), path);
    const file = (await readFile(path)).toString("latin1");
    const { width, height } = still(projected()).drawing;
    expect(file.startsWith("%PDF-1.")).toBe(true);
    expect(file.trimEnd().endsWith("%%EOF")).toBe(true);
    expect(file).toContain(`/MediaBox [0 0 ${width * 0.75} ${height * 0.75}]`);
    expect(file.match(/\/Type \/Page\n/g)).toHaveLength(1);
    expect(file.match(/\/Subtype \/Image/g)).toHaveLength(4);
    expect(file).not.toContain("/BaseFont");
  });

  test("writes an SVG that draws as the PNG does", async () => {
    await save(small, join(folder, "a.svg"));
    await save(small, join(folder, "a.png"));
    const drawn = await sharp(join(folder, "a.svg"), { density: 144 }).flatten().raw().toBuffer();
    expect(drawn).toEqual(await sharp(join(folder, "a.png")).raw().toBuffer());
  });

  test("refuses other endings, and folders that are not there", async () => {
    await expect(save(small, "maps.jpg")).rejects.toThrow(
      'path is "maps.jpg", wanted a name that ends in .png',
    );
    const missing = save(small, join(folder, "none", "maps.png"));
    await expect(missing).rejects.toThrow(FileError);
    await expect(missing).rejects.toThrow("its folder is not there");
  });
});

describe("text from files stays text", () => {
  const evil = '</title><script>alert("1")</script>&\u0000\ud800';
  const seen = scene({ name: evil });

  test("in an SVG", async () => {
    const { drawing, words } = still(seen);
    const file = await svg(drawing, words);
    expect(words).toContain("<script>");
    expect(file).not.toContain("<script");
    expect(file).toContain('&lt;script&gt;alert("1")&lt;/script&gt;&amp;');
    expect(file.match(/<title>/g)).toHaveLength(1);
    // A parser of XML takes it: sharp's refuses what is not well formed.
    expect((await sharp(Buffer.from(file), { unlimited: true }).metadata()).format).toBe("svg");
  });

  test("in a PDF", async () => {
    await save(seen, join(folder, "evil.pdf"));
    expect((await readFile(join(folder, "evil.pdf"))).length).toBeGreaterThan(1000);
  });
});

test("stills are the same on a machine without any font", async () => {
  const { drawing, words } = still(scene());
  const file = await svg(drawing, words);
  expect(file).not.toMatch(/<text|font-family/);
  const path = join(folder, "fontless.svg");
  await writeFile(path, file);
  await writeFile(join(folder, "fonts.conf"), "<fontconfig></fontconfig>");
  const script = `import("sharp").then(async ({ default: sharp }) => {
    const pixels = await sharp(${JSON.stringify(path)}, { density: 144, unlimited: true }).raw().toBuffer();
    const { createHash } = await import("node:crypto");
    console.log(createHash("sha256").update(pixels).digest("hex"));
  })`;
  const env = {
    ...process.env,
    FONTCONFIG_FILE: join(folder, "fonts.conf"),
    FONTCONFIG_PATH: folder,
    HOME: folder,
  };
  const without = execFileSync(process.execPath, ["-e", script], { env, encoding: "utf8" }).trim();
  const here = await sharp(path, { density: 144, unlimited: true }).raw().toBuffer();
  expect(without).toBe(createHash("sha256").update(here).digest("hex"));
});

describe("bundle", () => {
  test("shows a value in Jupyter as PNG and as text", async () => {
    const shown = small as unknown as Record<symbol, () => Promise<Record<string, string>>>;
    const mime = await shown[Symbol.for("Jupyter.display")]();
    expect(Object.keys(mime)).toEqual(["text/plain", "image/png"]);
    expect(mime["text/plain"]).toBe("FeatureMaps 2 × 2, 1 map, −2 … 3\n\n 1  0\n−2  3");
    const { format, width } = await sharp(Buffer.from(mime["image/png"], "base64")).metadata();
    expect([format, width]).toEqual(["png", 2 * still(small).drawing.width]);
  });

  test("says what a projection shows, with its numbers", async () => {
    const mime = await bundle(projected());
    expect(mime["text/plain"]).toBe(
      "Projection pool2 › map 5 › unit 1, 5 by deconvnet. Unit 1, 5 of map 5 has the value 6, the 17th strongest of " +
        "its map’s 144 units. It sees 22 × 22 pixels, partly beyond the edge; projected down to them, the strongest " +
        "value is −6, at pixel 0, 13. 92.3 % of the values there are not zero.",
    );
  });

  test("shows a Still as it was drawn", async () => {
    const dark = still(small, { theme: "dark" });
    const mime = (await bundle(dark)) as Record<string, string>;
    const { data } = await sharp(Buffer.from(mime["image/png"], "base64"))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)]).toEqual([22, 22, 22]);
  });
});
