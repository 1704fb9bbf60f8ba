import { createRequire } from "node:module";
import util from "node:util";
import type { Engine } from "./engine.js";
import { type Tensorflow, tensorEngine } from "./tensors.js";

/** TensorFlow's own C library through `@tensorflow/tfjs-node`. @throws where its binding was not built or can't load */
export async function nativeEngine(): Promise<Engine> {
  // TensorFlow greets with three lines on stderr otherwise, which would land in the notebook.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  putBackWhatNodeDropped();
  const require = createRequire(import.meta.url);
  require("@tensorflow/tfjs-node");
  return tensorEngine("native", "tensorflow", require("@tensorflow/tfjs") as Tensorflow);
}

/** Two functions that tfjs-node 4.22 still calls: Node 22 prints a warning at their first use, Node 23 removed them. */
function putBackWhatNodeDropped(): void {
  const old = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined = (value: unknown) => value === null || value === undefined;
  old.isArray = Array.isArray;
}
