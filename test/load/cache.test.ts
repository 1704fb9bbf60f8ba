import { createHash } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FileError } from "../../src/errors.js";
import { cached, cacheFolder, type Pinned } from "../../src/load/cache.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cache-test-"));
});
afterEach(async () => {
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true, force: true });
});

const content = "eight by";
const pinned: Pinned = {
  file: "file.bin",
  bytes: 8,
  sha256: createHash("sha256").update(content).digest("hex"),
};
const makes = (text: string) => async (place: string) => {
  await writeFile(join(place, "made"), text);
  return join(place, "made");
};
const never = async (): Promise<string> => {
  throw new Error("made again");
};

test("the cache lies where the system keeps caches, or where DECONVNET_CACHE says", () => {
  const home = "/home/ada";
  expect(cacheFolder({ env: {}, platform: "linux", home })).toBe("/home/ada/.cache/deconvnet");
  expect(cacheFolder({ env: { XDG_CACHE_HOME: "/x" }, platform: "linux", home })).toBe("/x/deconvnet");
  expect(cacheFolder({ env: {}, platform: "darwin", home })).toBe("/home/ada/Library/Caches/deconvnet");
  expect(cacheFolder({ env: { LOCALAPPDATA: "/l" }, platform: "win32", home })).toBe("/l/deconvnet");
  expect(cacheFolder({ env: { DECONVNET_CACHE: "/c", XDG_CACHE_HOME: "/x" }, platform: "linux", home })).toBe(
    "/c",
  );
});

test("a file is made once, and nothing else is left in the cache", async () => {
  const path = await cached(pinned, makes(content), {}, folder);
  expect(await readFile(path, "utf8")).toBe(content);
  expect(await cached(pinned, never, {}, folder)).toBe(path);
  expect(await readdir(folder)).toEqual(["file.bin"]);
});

test("what is not the pinned file is refused and not kept", async () => {
  for (const wrong of ["eight bx", "nine byte", ""]) {
    const error = await cached(pinned, makes(wrong), {}, folder).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(FileError);
    expect(error).toMatchObject({ problem: "checksum" });
    expect(await readdir(folder)).toEqual([]);
  }
});

test("a damaged file in the cache is made anew", async () => {
  await writeFile(join(folder, "file.bin"), "eight bx");
  expect(await readFile(await cached(pinned, makes(content), {}, folder), "utf8")).toBe(content);
});

test("ten at once all get the whole file", async () => {
  const paths = await Promise.all(
    Array.from({ length: 10 }, () => cached(pinned, makes(content), {}, folder)),
  );
  for (const path of paths) expect(await readFile(path, "utf8")).toBe(content);
  expect(await readdir(folder)).toEqual(["file.bin"]);
});

test("an abort throws the signal's reason and leaves nothing", async () => {
  const stop = new AbortController();
  const reason = new Error("enough");
  const make = async (place: string) => {
    await writeFile(join(place, "half"), "eig");
    stop.abort(reason);
    stop.signal.throwIfAborted();
    return place;
  };
  await expect(cached(pinned, make, { signal: stop.signal }, folder)).rejects.toBe(reason);
  expect(await readdir(folder)).toEqual([]);
});

test("what a killed run left behind goes after a day, and not what another is busy with", async () => {
  for (const name of [".making-old", ".making-new"]) await writeFile(join(folder, name), "");
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
  await utimes(join(folder, ".making-old"), twoDaysAgo, twoDaysAgo);
  await cached(pinned, makes(content), {}, folder);
  expect((await readdir(folder)).sort()).toEqual([".making-new", "file.bin"]);
});

test("a file in a cache that nobody may write to is found", async () => {
  await cached(pinned, makes(content), {}, folder);
  await chmod(folder, 0o555);
  expect(await cached(pinned, never, {}, folder)).toBe(join(folder, "file.bin"));
});

test("a cache that can't be written to says where to put the file", async () => {
  // A file where the folder should be: refused to everybody, root too.
  await writeFile(join(folder, "taken"), "");
  const error = await cached(pinned, makes(content), {}, join(folder, "taken")).catch(
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(FileError);
  expect((error as Error).message).toContain("DECONVNET_CACHE");
});
