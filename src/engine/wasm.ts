import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import type { Engine } from "./engine.js";
import { type Tensorflow, tensorEngine } from "./tensors.js";

/** `@tensorflow/tfjs-backend-wasm`: SIMD, one thread, needs nothing but Node. */
export async function wasmEngine(): Promise<Engine> {
  const require = createRequire(import.meta.url);
  const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm")) + sep);
  return tensorEngine("wasm", "wasm", require("@tensorflow/tfjs") as Tensorflow);
}
