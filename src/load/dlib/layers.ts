import { UnsupportedLayerError } from "../../errors.js";
import type { Pair } from "../../network/layer.js";
import type { DlibBytes, DlibTensor } from "./bytes.js";

/** What slides, in dlib's words: a window, its stride and its padding, which is even. */
export interface DlibWindow {
  /** 0 stands for the whole map. */
  readonly size: Pair;
  readonly stride: Pair;
  readonly padding: Pair;
}

/** One computing layer of a dlib file, as it stands there. */
export type DlibLayer =
  | ({ readonly type: "con_4"; readonly channels: number; readonly parameters: DlibTensor } & DlibWindow)
  | ({ readonly type: "max_pool_2" | "avg_pool_2" } & DlibWindow)
  | { readonly type: "affine_"; readonly parameters: DlibTensor }
  | {
      readonly type: "fc_2";
      readonly outputs: number;
      readonly inputs: number;
      readonly bias: boolean;
      readonly parameters: DlibTensor;
    }
  | { readonly type: "relu_" }
  | { readonly type: "add_prev_" };

/** The types that are known. */
export const dlibTypes: readonly DlibLayer["type"][] = [
  "add_prev_",
  "affine_",
  "avg_pool_2",
  "con_4",
  "fc_2",
  "max_pool_2",
  "relu_",
];

/**
 * Reads one layer and what training left beside it.
 *
 * @param place how many layers came before it, counted from 1, to name it in errors
 * @throws {UnsupportedLayerError} for a type that is not known
 */
export function readLayer(bytes: DlibBytes, place: number): DlibLayer {
  const layer = readDetails(bytes, bytes.text(), place);
  // Whether it was set up, and two flags of training.
  for (let i = 0; i < 3; i++) bytes.flag();
  // Gradients and outputs, which are empty in a network that was cleaned.
  for (let i = 0; i < 3; i++) bytes.tensor();
  return layer;
}

function readDetails(bytes: DlibBytes, type: string, place: number): DlibLayer {
  switch (type) {
    case "con_4": {
      const parameters = bytes.tensor();
      const channels = bytes.integer();
      const window = readWindow(bytes);
      for (let i = 0; i < 2; i++) readAlias(bytes);
      for (let i = 0; i < 4; i++) bytes.real();
      return { type, channels, parameters, ...window };
    }
    case "max_pool_2":
    case "avg_pool_2":
      return { type, ...readWindow(bytes) };
    case "affine_": {
      const parameters = bytes.tensor();
      for (let i = 0; i < 2; i++) readAlias(bytes);
      if (bytes.integer() !== 0) refuse(type, place, "one that differs from place to place is not known");
      return { type, parameters };
    }
    case "fc_2": {
      const outputs = bytes.integer();
      const inputs = bytes.integer();
      const parameters = bytes.tensor();
      for (let i = 0; i < 2; i++) readAlias(bytes);
      const bias = bytes.integer() === 0;
      for (let i = 0; i < 4; i++) bytes.real();
      return { type, outputs, inputs, bias, parameters };
    }
    case "relu_":
    case "add_prev_":
      return { type };
    default:
      return refuse(type, place, `this type is not known; known are ${dlibTypes.join(", ")}`);
  }
}

function refuse(type: string, place: number, reason: string): never {
  throw new UnsupportedLayerError("loadDlib", type, `layer ${place} from the picture`, reason);
}

function readWindow(bytes: DlibBytes): DlibWindow {
  const [height, width, strideY, strideX, paddingY, paddingX] = Array.from({ length: 6 }, () =>
    bytes.integer(),
  );
  return { size: [height, width], stride: [strideY, strideX], padding: [paddingY, paddingX] };
}

/** How a part of the parameters is seen as a tensor of its own; that follows from the layer. */
function readAlias(bytes: DlibBytes): void {
  bytes.expect(1, "a view of version");
  for (let i = 0; i < 4; i++) bytes.integer();
}
