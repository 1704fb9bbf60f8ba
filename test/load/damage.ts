import { writeFile } from "node:fs/promises";
import { expect } from "vitest";
import { DeconvnetError } from "../../src/errors.js";

/** The most bytes that one attempt at a damaged file of a few kilobytes may ask for. */
const mostBytes = 8 * 2 ** 20;

/**
 * Loads every cut and every flipped byte of a small valid file. Each either loads, for not every bit matters, or is
 * refused by one of this package's own errors; none takes long or asks for much memory.
 *
 * @param at where to write each damaged file
 * @param flips bytes that are put, xor, in every place
 * @returns how many were refused
 */
export async function everyDamage(
  whole: Uint8Array,
  at: string,
  load: (path: string) => Promise<unknown>,
  { flips = [0x01, 0x80, 0xff], every = 1 }: { flips?: readonly number[]; every?: number } = {},
): Promise<{ readonly cuts: number; readonly flips: number; readonly tried: number }> {
  const refused = { cuts: 0, flips: 0, tried: 0 };
  const attempt = async (damaged: Uint8Array, what: string): Promise<boolean> => {
    await writeFile(at, damaged);
    refused.tried++;
    const started = performance.now();
    const error = await largest(what, () =>
      load(at).then(
        () => undefined,
        (caught: unknown) => caught,
      ),
    );
    expect(performance.now() - started, `time for ${what}`).toBeLessThan(2000);
    if (error !== undefined && !(error instanceof DeconvnetError))
      throw new Error(`${what}: ${error}`, { cause: error });
    return error !== undefined;
  };
  for (let length = 0; length < whole.length; length += every) {
    if (await attempt(whole.subarray(0, length), `a cut at ${length}`)) refused.cuts++;
  }
  for (let place = 0; place < whole.length; place += every) {
    for (const flip of flips) {
      const damaged = whole.slice();
      damaged[place] ^= flip;
      if (await attempt(damaged, `byte ${place} xor ${flip}`)) refused.flips++;
    }
  }
  return refused;
}

/** Runs something while watching how large the buffers are that it asks for. */
async function largest<T>(what: string, work: () => Promise<T>): Promise<T> {
  const originals = { Float32Array, Uint8Array, ArrayBuffer };
  for (const name of ["Float32Array", "Uint8Array", "ArrayBuffer"] as const) {
    const watched: object = new Proxy(originals[name], {
      construct(target, args, newTarget): object {
        const bytes = typeof args[0] === "number" ? args[0] * (name === "Float32Array" ? 4 : 1) : 0;
        if (bytes > mostBytes) throw new Error(`${what} asked for ${bytes} bytes`);
        return Reflect.construct(target, args, newTarget === watched ? target : newTarget);
      },
    });
    (globalThis as Record<string, unknown>)[name] = watched;
  }
  try {
    return await work();
  } finally {
    Object.assign(globalThis, originals);
  }
}
