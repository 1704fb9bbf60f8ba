import { expect, test } from "vitest";
import { FileError } from "../../src/errors.js";
import { Hdf5File } from "../../src/load/hdf5/hdf5-file.js";
import { counted, hdf5File } from "./write-hdf5.js";

const contents = {
  words: "one",
  list: ["a", "bc"],
  group: { name: "inner", array: counted([2, 3]), double: { shape: [1], values: [0.5], type: "<d" } },
  bytes: { shape: [2], values: [1, 2], type: "<b" },
};

test("words, groups and arrays are found, numbers read when asked for", async () => {
  const file = await Hdf5File.open("test", "small.h5", await hdf5File(contents));
  try {
    expect(file.group("")?.texts).toEqual({ words: "one", list: ["a", "bc"] });
    expect(file.group("group")).toMatchObject({ children: ["array", "double"], texts: { name: "inner" } });
    expect(file.array("group/array")).toMatchObject({ shape: [2, 3], type: "float32", bytes: 24 });
    expect([...(await file.read("group/array"))]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(await file.read("group/double"))]).toEqual([0.5]);
    expect(() => file.array("bytes")).toThrow(FileError);
    expect(() => file.array("nothing")).toThrow('"nothing" is not in it');
    expect(() => file.array("group")).toThrow("wanted an array");
  } finally {
    await file.close();
  }
});

test("a file on which the library never ends is refused in time", async () => {
  const bytes = await hdf5File(contents);
  // The size of the first word in the heap of words: the library then looks for the next one at the same place again.
  bytes[Buffer.from(bytes).indexOf("GCOL") + 24] ^= 0x80;
  const started = performance.now();
  const error = await Hdf5File.open("test", "small.h5", bytes, {}, 1500).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(FileError);
  expect((error as Error).message).toContain("did not end within 1.5 s");
  expect(performance.now() - started).toBeLessThan(5000);
});

test("an abort ends the reading and throws the signal's reason", async () => {
  const bytes = await hdf5File(contents);
  bytes[Buffer.from(bytes).indexOf("GCOL") + 24] ^= 0x80;
  const stop = new AbortController();
  const reason = new Error("enough");
  const opening = Hdf5File.open("test", "small.h5", bytes, { signal: stop.signal });
  setTimeout(() => stop.abort(reason), 300);
  await expect(opening).rejects.toBe(reason);
});
