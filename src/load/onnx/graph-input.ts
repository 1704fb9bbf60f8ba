import { type GraphProto, TensorProto_DataType, type ValueInfoProto } from "onnx-buf";
import { ArgumentError, FileError } from "../../errors.js";
import type { NetworkInput } from "../../network/network.js";
import type { LoadOptions } from "../options.js";
import type { Axes } from "./value.js";

/** The one picture that a graph reads. */
export interface GraphInput {
  /** Its name in the file. */
  readonly name: string;
  readonly axes: Axes;
  readonly batch: number;
  readonly input: NetworkInput;
}

/**
 * What a graph reads, as its file and the caller say.
 *
 * @throws {FileError} when it reads anything but one batch of pictures or rows
 * @throws {ArgumentError} when neither says how large the pictures are
 */
export function graphInput(path: string, graph: GraphProto, options: LoadOptions): GraphInput {
  const stored = new Set(graph.initializer.map((tensor) => tensor.name));
  const inputs = graph.input.filter((one) => !stored.has(one.name));
  if (inputs.length !== 1) {
    const names = inputs.map((one) => JSON.stringify(one.name)).slice(0, 8);
    throw malformed(path, `reads ${inputs.length} inputs (${names.join(", ")}), wanted one`);
  }
  const { name } = inputs[0];
  const dimensions = dimensionsOf(path, inputs[0]);
  const batch = dimensions[0] ?? 1;
  const axes = dimensions.length === 2 ? "nc" : readAsNhwc(graph, name) ? "nhwc" : "nchw";
  const [channels, height, width] =
    axes === "nc"
      ? [dimensions[1], 1, 1]
      : axes === "nchw"
        ? dimensions.slice(1)
        : [dimensions[3], dimensions[1], dimensions[2]];
  const [givenHeight, givenWidth] = options.inputSize ?? [height, width];
  if (givenHeight === undefined || givenWidth === undefined) {
    const wanted = `[height, width], for input ${JSON.stringify(name)} leaves its size open`;
    throw new ArgumentError("loadOnnx", "inputSize", options.inputSize, wanted);
  }
  if (channels === undefined)
    throw malformed(path, `input ${JSON.stringify(name)} does not say its channels`);
  const { preprocessing } = options;
  const input = {
    height: givenHeight,
    width: givenWidth,
    channels,
    ...(preprocessing ? { preprocessing } : {}),
  };
  return { name, axes, batch, input };
}

/** The lengths of an input's axes; `undefined` for one that is left open. */
function dimensionsOf(path: string, input: ValueInfoProto): readonly (number | undefined)[] {
  const name = JSON.stringify(input.name);
  if (input.type?.value.case !== "tensorType") throw malformed(path, `input ${name} is no tensor`);
  const { elemType, shape } = input.type.value.value;
  const { FLOAT, FLOAT16, DOUBLE, BFLOAT16 } = TensorProto_DataType;
  if (![FLOAT, FLOAT16, DOUBLE, BFLOAT16].includes(elemType)) {
    const type = TensorProto_DataType[elemType] ?? elemType;
    throw malformed(path, `input ${name} is of type ${type}, wanted floating-point numbers`);
  }
  const dimensions = (shape?.dim ?? []).map(({ value }) =>
    value.case === "dimValue" && value.value > 0n && value.value < 1n << 31n
      ? Number(value.value)
      : undefined,
  );
  if (dimensions.length !== 4 && dimensions.length !== 2) {
    throw malformed(
      path,
      `input ${name} has ${dimensions.length} axes, wanted [batch, channels, height, width]`,
    );
  }
  return dimensions;
}

/** Operators that take maps in either order of axes. */
const indifferent: ReadonlySet<string> = new Set([
  "Add",
  "Cast",
  "Clip",
  "Div",
  "Dropout",
  "Identity",
  "Mul",
  "Pad",
  "Relu",
  "Sub",
]);

/** Whether the first thing that needs an order of axes puts the channels, last so far, first. */
function readAsNhwc(graph: GraphProto, input: string): boolean {
  const same = new Set([input]);
  for (const { opType, input: inputs, output, attribute } of graph.node) {
    if (!inputs.some((name) => same.has(name))) continue;
    if (opType === "Transpose")
      return attribute.find(({ name }) => name === "perm")?.ints.join() === "0,3,1,2";
    if (!indifferent.has(opType)) return false;
    for (const name of output) same.add(name);
  }
  return false;
}

function malformed(path: string, sentence: string): FileError {
  return new FileError("loadOnnx", path, "malformed", sentence);
}
