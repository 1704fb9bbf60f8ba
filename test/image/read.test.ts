import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { crc32 } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DownloadError, FileError } from "../../src/errors.js";
import type { Photo } from "../../src/image/photo.js";
import { readImage } from "../../src/image/read.js";
import { noise } from "./noise.js";

const raw = (values: ArrayLike<number>, width: number, height: number, channels: 1 | 2 | 3 | 4): Sharp =>
  sharp(values instanceof Uint16Array ? values : Uint8Array.from(values), {
    raw: { width, height, channels },
  });
const pixels = ({ data }: Photo): number[] => [...data];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "deconvnet-read-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("readImage brings every picture to upright RGB", () => {
  const corners = Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9, 90, 90, 90, 200, 200, 200]);

  // The stored picture is 3 × 2: R G B above a b c. What a viewer shows, row by row, for each EXIF orientation.
  test.each([
    [1, ["RGB", "abc"]],
    [2, ["BGR", "cba"]],
    [3, ["cba", "BGR"]],
    [4, ["abc", "RGB"]],
    [5, ["Ra", "Gb", "Bc"]],
    [6, ["aR", "bG", "cB"]],
    [7, ["cB", "bG", "aR"]],
    [8, ["Bc", "Gb", "Ra"]],
  ])("turns EXIF orientation %i upright", async (orientation, shown) => {
    const letters: Record<string, number[]> = {};
    [..."RGBabc"].forEach((letter, i) => {
      letters[letter] = [...corners.subarray(i * 3, i * 3 + 3)];
    });
    const file = await raw(corners, 3, 2, 3).withMetadata({ orientation }).png().toBuffer();
    const photo = await readImage(file);
    expect([photo.height, photo.width]).toEqual([shown.length, shown[0].length]);
    expect(pixels(photo)).toEqual([...shown.join("")].flatMap((letter) => letters[letter]));
  });

  test("repeats grey in three channels", async () => {
    expect(pixels(await readImage(await raw([0, 7, 255], 3, 1, 1).png().toBuffer()))).toEqual([
      0, 0, 0, 7, 7, 7, 255, 255, 255,
    ]);
  });

  test("keeps the upper 8 of 16 bits, in grey and in colour", async () => {
    const values = new Uint16Array([0, 255, 256, 511, 32768, 65279, 65280, 65535, 128]);
    const upper = [0, 0, 1, 1, 128, 254, 255, 255, 0];
    const colour = await raw(values, 3, 1, 3).toColourspace("rgb16").png().toBuffer();
    const tiff = await raw(values, 3, 1, 3).toColourspace("rgb16").tiff({ compression: "lzw" }).toBuffer();
    const grey = await raw(values, 9, 1, 1).toColourspace("grey16").png().toBuffer();
    expect((await sharp(colour).metadata()).depth).toBe("ushort");
    expect(pixels(await readImage(colour))).toEqual(upper);
    expect(pixels(await readImage(tiff))).toEqual(upper);
    expect(pixels(await readImage(grey))).toEqual(upper.flatMap((v) => [v, v, v]));
  });

  test("lays transparency over white, or over the background it is told", async () => {
    const file = await raw([255, 0, 0, 128, 10, 20, 30, 0, 10, 20, 30, 255], 3, 1, 4).png().toBuffer();
    // 255 · (1 − 128/255) = 127
    expect(pixels(await readImage(file))).toEqual([255, 127, 127, 255, 255, 255, 10, 20, 30]);
    expect(pixels(await readImage(file, { background: "#0000ff" }))).toEqual([
      128, 0, 127, 0, 0, 255, 10, 20, 30,
    ]);
    const grey = await raw([0, 128, 10, 0, 10, 255], 3, 1, 2).png().toBuffer();
    expect(pixels(await readImage(grey))).toEqual([127, 127, 127, 255, 255, 255, 10, 10, 10]);
  });

  test("converts an embedded colour profile to sRGB", async () => {
    const file = await raw([192, 64, 32], 1, 1, 3).withIccProfile("p3").png().toBuffer();
    const stored = await sharp(file, { ignoreIcc: true }).raw().toBuffer();
    expect([...stored]).not.toEqual([192, 64, 32]);
    (await readImage(file)).data.forEach((v, i) => {
      expect(Math.abs(v - [192, 64, 32][i])).toBeLessThanOrEqual(1);
    });
  });

  test("converts CMYK to RGB", async () => {
    const file = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#ffffff" } })
      .toColourspace("cmyk")
      .jpeg({ quality: 100 })
      .toBuffer();
    expect((await sharp(file).metadata()).channels).toBe(4);
    expect(pixels(await readImage(file)).every((v) => v >= 250)).toBe(true);
  });

  test("reads the first frame of a GIF", async () => {
    const frames = sharp(new Uint8Array(4 * 8 * 3).fill(200, 48), {
      raw: { width: 4, height: 8, channels: 3, pageHeight: 4 },
    });
    const gif = await frames.clone().gif().toBuffer();
    expect((await sharp(gif).metadata()).pages).toBe(2);
    const first = await readImage(gif);
    expect([first.width, first.height, Math.max(...first.data)]).toEqual([4, 4, 0]);
  });

  test.each(["png", "tiff", "gif"] as const)("reads %s exactly", async (format) => {
    const photo = noise(4, 4);
    const options = format === "tiff" ? { compression: "lzw" } : {};
    const file = await raw(photo.data, 4, 4, 3).toFormat(format, options).toBuffer();
    expect(pixels(await readImage(file))).toEqual([...photo.data]);
  });

  test.each(["jpeg", "webp", "avif"] as const)("reads %s nearly", async (format) => {
    const file = await sharp({ create: { width: 16, height: 9, channels: 3, background: "#406080" } })
      .toFormat(format, { quality: 95 })
      .toBuffer();
    const photo = await readImage(file);
    expect([photo.width, photo.height]).toEqual([16, 9]);
    photo.data.forEach((v, i) => {
      expect(Math.abs(v - [64, 96, 128][i % 3])).toBeLessThanOrEqual(3);
    });
  });
});

describe("readImage reads from", () => {
  test("a path, a file: URL, a data: URL and bytes, and names the picture after its file", async () => {
    const file = await raw([1, 2, 3], 1, 1, 3).png().toBuffer();
    // Brackets would be options to the decoder if it saw the name.
    const path = join(folder, "one pixel[page=7].png");
    await writeFile(path, file);
    const data = `data:image/png;base64,${file.toString("base64")}`;
    for (const [source, name] of [
      [path, "one pixel[page=7].png"],
      [pathToFileURL(path), "one pixel[page=7].png"],
      [String(pathToFileURL(path)), "one pixel[page=7].png"],
      [data, "data URL"],
      [new Uint8Array(file), "picture"],
    ] as const) {
      const photo = await readImage(source);
      expect([photo.name, ...photo.data]).toEqual([name, 1, 2, 3]);
    }
    expect((await readImage(path, { name: "a pixel" })).name).toBe("a pixel");
  });

  describe("a server", () => {
    let server: Server;
    let base = "";
    let file: Buffer;
    beforeAll(async () => {
      file = await raw([1, 2, 3], 1, 1, 3).png().toBuffer();
      server = createServer((request, response) => {
        if (request.url?.startsWith("/a%20cat.png")) response.end(file);
        else if (request.url === "/slow.png") response.write(file.subarray(0, 20));
        else response.writeHead(404).end();
      });
      await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
      base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    test("gives a picture, named after its last part", async () => {
      const photo = await readImage(new URL(`${base}/a%20cat.png?size=1`));
      expect([photo.name, ...photo.data]).toEqual(["a cat.png", 1, 2, 3]);
    });

    test("that says no is quoted", async () => {
      await expect(readImage(`${base}/none.png`)).rejects.toThrow(DownloadError);
      await expect(readImage(`${base}/none.png`)).rejects.toThrow("answered 404 Not Found");
    });

    test("that stops in the middle is left after the time-out", async () => {
      await expect(readImage(`${base}/slow.png`, { timeout: 100 })).rejects.toThrow(
        "no complete answer within 0.1 s",
      );
    });

    test("can be left by a signal, whose reason is thrown", async () => {
      const stop = new AbortController();
      const reading = readImage(`${base}/slow.png`, { signal: stop.signal });
      setTimeout(() => stop.abort(new Error("enough")), 20);
      await expect(reading).rejects.toThrow("enough");
    });

    test("that is not there is named with its code", async () => {
      await expect(readImage("http://127.0.0.1:1/cat.png")).rejects.toThrow(
        /cat\.png: .*(ECONNREFUSED|bad port)/,
      );
    });
  });
});

describe("readImage refuses", () => {
  const problem = async (source: string | Uint8Array): Promise<string> => {
    const error = await readImage(source).then(
      () => "was read",
      (cause) => cause,
    );
    expect(error).toBeInstanceOf(FileError);
    return `${error.problem}: ${error.message}`;
  };

  test("a file that is not there, with the place it looked", async () => {
    expect(await problem(join(folder, "none.png"))).toMatch(
      /^missing: readImage: ".*none.png": no such file/,
    );
  });

  test("a folder, an empty file, a text and an SVG", async () => {
    expect(await problem(folder)).toContain("unreadable");
    await writeFile(join(folder, "empty.png"), "");
    expect(await problem(join(folder, "empty.png"))).toMatch(/^truncated: .* is empty/);
    await writeFile(join(folder, "text.jpg"), "I am no picture");
    expect(await problem(join(folder, "text.jpg"))).toMatch(/^malformed: .* is no JPEG, PNG/);
    expect(
      await problem(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')),
    ).toMatch(/^malformed/);
  });

  test.each(["jpeg", "png", "webp", "avif", "tiff", "gif"] as const)(
    "a %s cut off anywhere",
    async (format) => {
      const photo = noise(64, 48);
      const options = format === "tiff" ? { compression: "lzw" } : {};
      const file = await raw(photo.data, 64, 48, 3).toFormat(format, options).toBuffer();
      for (const share of [0.1, 0.3, 0.5, 0.7, 0.9])
        expect(await problem(file.subarray(0, Math.floor(file.length * share)))).toMatch(/^truncated: /);
    },
  );

  test("bytes that only begin like a picture", async () => {
    const junk = noise(40, 40).data;
    for (const start of [
      "\xff\xd8\xff\xe0",
      "\x89PNG\r\n\x1a\n",
      "GIF89a",
      "II*\0\x08\0\0\0",
      "\0\0\0\x1cftypavif",
    ]) {
      const bytes = Uint8Array.from(junk);
      bytes.set(Buffer.from(start, "latin1"));
      expect(await problem(bytes)).toMatch(/^(malformed|truncated|unreadable): readImage: "4800 bytes"/);
    }
  });

  test("floating-point numbers, whose range no file says", async () => {
    const file = await sharp(new Float32Array([0, 0.5, 1, 0.25]), {
      raw: { width: 4, height: 1, channels: 1 },
    })
      .toColourspace("scrgb")
      .tiff({ compression: "none" })
      .toBuffer();
    expect(await problem(file)).toContain("holds float numbers");
  });

  test("a size that no file of so few bytes can have, without making room for it", async () => {
    const before = process.memoryUsage().rss;
    const claims = [hugePng(50_000, 50_000), await hugeJpeg(65_000, 65_000), hugeGif(65_535, 65_535)];
    for (const claim of claims) {
      const start = performance.now();
      expect(await problem(claim)).toMatch(
        /unreadable: .* says it has \d+ × \d+ pixels; at most 100 million/,
      );
      expect(performance.now() - start).toBeLessThan(1000);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 2 ** 20);
  });

  test("what is no source, and a background that is no colour", async () => {
    await expect(readImage(7 as never)).rejects.toThrow(
      "source is 7, wanted a path, a URL or a picture's bytes",
    );
    await expect(readImage("x.png", { background: "red" })).rejects.toThrow(
      'background is "red", wanted a colour',
    );
    await expect(readImage(new URL("ftp://127.0.0.1/x.png"))).rejects.toThrow(
      "wanted a file:, http:, https: or data:",
    );
  });

  test("to begin with a signal that was already given", async () => {
    await expect(readImage("x.png", { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
  });
});

/** A PNG whose header claims a size; its pixels are missing. */
function hugePng(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", Buffer.alloc(16)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A good small JPEG whose frame header is changed to claim a size. */
async function hugeJpeg(width: number, height: number): Promise<Uint8Array> {
  const file = await raw(noise(8, 8).data, 8, 8, 3).jpeg().toBuffer();
  const frame = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc0);
  file.writeUInt16BE(height, frame + 5);
  file.writeUInt16BE(width, frame + 7);
  return file;
}

function hugeGif(width: number, height: number): Uint8Array {
  const file = Buffer.from("GIF89a\0\0\0\0\0\0\0,\0\0\0\0\0\0\0\0\0\x02\x02\x44\x01\0;", "latin1");
  for (const at of [6, 18]) {
    file.writeUInt16LE(width, at);
    file.writeUInt16LE(height, at + 2);
  }
  return file;
}
