import { ArgumentError } from "../errors.js";
import { nativeEngine } from "./native.js";
import { wasmEngine } from "./wasm.js";

/** Maps on their way through the engine: so many of one shape, stacked. */
export interface Batch {
  readonly shape: readonly [count: number, height: number, width: number, channels: number];
  readonly data: Float32Array;
}

/** How a convolution slides; `groups` split the channels. */
export interface Convolving {
  readonly size: readonly [number, number];
  readonly channels: number;
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly padding: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
  readonly groups: number;
}

/** What is done to a convolution's sums before they come out. */
export interface Finishing {
  /** One number a channel to add; none by default. */
  readonly bias?: Float32Array | undefined;
  /** Whether negative sums become 0 (NaN stays NaN); not by default. */
  readonly rectify?: boolean;
}

/**
 * What computes the products: the two operations of the method that are worth a library. Everything else is
 * plain loops over typed arrays. Numbers go in and come out as typed arrays; nothing of the library survives a call.
 */
export interface Engine {
  readonly name: "native" | "wasm";
  /** Slides filters `[kh, kw, inChannels / groups, channels]` over each of the batch, adds the bias, and rectifies. */
  convolve(input: Batch, filters: Float32Array, how: Convolving, finish?: Finishing): Batch;
  /** Rows `[m, k]` times a matrix: `[k, n]`, or `[n, k]` when `"transposed"`; gives `[m, n]`. */
  multiply(
    rows: Float32Array,
    m: number,
    matrix: Float32Array,
    n: number,
    order: "plain" | "transposed",
  ): Float32Array;
}

let chosen: Promise<Engine> | undefined;

/**
 * The engine in use: the one chosen by `useEngine` or `DECONVNET_ENGINE`, else native TensorFlow where it loads, else
 * wasm, which says so once on stderr. Loaded at the first call.
 */
export function loadEngine(): Promise<Engine> {
  chosen ??= choose(process.env.DECONVNET_ENGINE ?? "auto");
  return chosen;
}

/**
 * Chooses what computes convolutions from here on. Both engines give the same numbers but for rounding; only of NaN,
 * where a picture holds it, wasm's convolutions make −∞.
 *
 * @param name `"native"` (TensorFlow's C library), `"wasm"`, or `"auto"`: native where it loads, else wasm
 * @returns the name of the engine that was loaded
 * @throws {ArgumentError} for another name; the loader's own error where native is asked for and can't be had
 */
export async function useEngine(name: "native" | "wasm" | "auto"): Promise<"native" | "wasm"> {
  const loading = choose(name);
  const { name: loaded } = await loading;
  chosen = loading;
  return loaded;
}

async function choose(name: string): Promise<Engine> {
  switch (name) {
    case "native":
      return nativeEngine();
    case "wasm":
      return wasmEngine();
    case "auto":
      try {
        return await nativeEngine();
      } catch (error) {
        console.warn(
          `deconvnet computes with wasm, several times slower: native TensorFlow did not load (${firstLine(error)})`,
        );
        return wasmEngine();
      }
    default:
      throw new ArgumentError("useEngine", "name", name, '"native", "wasm" or "auto"');
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error)
    .trim()
    .split("\n")[0];
}
