import { basename, extname } from "node:path";
import type { GraphProto, NodeProto } from "onnx-buf";
import { FileError, UnsupportedLayerError } from "../../errors.js";
import { inputName } from "../../network/graph.js";
import type { Network } from "../../network/network.js";
import { Draft, unknownType } from "../draft.js";
import { readBytes } from "../file.js";
import type { LoadOptions } from "../options.js";
import { graphInput } from "./graph-input.js";
import { type GraphReading, NodeReader } from "./node-reader.js";
import { operators } from "./operators.js";
import { parseModel } from "./parse.js";
import { constantOf, type Value } from "./value.js";

/**
 * A network from an ONNX file, as PyTorch, Keras (tf2onnx) and others export it. A layer's name is its node's name
 * in the file, or its output's where the node has none.
 *
 * Nodes that compute nothing on maps (Identity, Cast, Transpose, what works out a shape) become no layer; an addition
 * after a matrix product becomes the dense layer's bias; a product by channel becomes a batch norm. Weights in
 * half and double precision are read as float32. Weights in files of their own must lie in the model's folder.
 *
 * @param path the file
 * @param options.inputSize height and width, where the file leaves them open
 * @param options.preprocessing the file cannot say it: without it `forward` takes only maps preprocessed by hand
 * @throws {UnsupportedLayerError} for an operator, option or type of number that is not known, before weights are read
 * @throws {FileError} when the file is missing, damaged, not what it claims or points outside its folder
 * @example
 * const net = await loadOnnx("test/reference/models/torch-script.onnx", { preprocessing: preprocessings.torch });
 * net.input.channels; // 3
 */
export async function loadOnnx(path: string, options: LoadOptions = {}): Promise<Network> {
  const { graph, opsetImport } = parseModel(path, await readBytes("loadOnnx", path, options));
  const opset = Number(
    opsetImport.find(({ domain }) => domain === "" || domain === "ai.onnx")?.version ?? 0n,
  );
  if (opset < 1)
    throw new FileError("loadOnnx", path, "malformed", "does not say the version of its operators");
  const nodes = needed(graph);
  for (const node of nodes) checkKnown(node);
  const { name, axes, batch, input } = graphInput(path, graph, options);
  const values = new Map<string, Value>();
  for (const tensor of graph.initializer) values.set(tensor.name, await constantOf(path, tensor));
  const readers = countReaders(graph, nodes);
  values.set(name, { kind: "maps", layer: inputName, axes, sole: readers.get(name) === 1 });
  const reading: GraphReading = {
    path,
    draft: new Draft(input),
    values,
    readers,
    unshifted: new Set(),
    filled: { numbers: 0 },
    opset,
    batch,
  };
  for (const node of nodes) {
    options.signal?.throwIfAborted();
    const reader = new NodeReader(reading, node);
    reader.give(await operators.get(node.opType)!(reader));
  }
  return reading.draft.finish(options.name ?? (graph.name || basename(path, extname(path))), options);
}

function checkKnown(node: NodeProto): void {
  const name = node.name || node.output[0] || "";
  const ours = node.domain === "" || node.domain === "ai.onnx";
  if (!ours || !operators.has(node.opType)) {
    throw unknownType("loadOnnx", ours ? node.opType : `${node.domain}.${node.opType}`, name, [
      ...operators.keys(),
    ]);
  }
  if (node.output.length === 0)
    throw new UnsupportedLayerError("loadOnnx", node.opType, name, "it gives no output");
}

/** The nodes that something of the graph's output depends on, in the file's order. */
function needed(graph: GraphProto): readonly NodeProto[] {
  const wanted = new Set(graph.output.map((one) => one.name));
  const found: NodeProto[] = [];
  for (const node of [...graph.node].reverse()) {
    if (!node.output.some((name) => wanted.has(name))) continue;
    found.push(node);
    for (const name of node.input) if (name !== "") wanted.add(name);
  }
  return found.reverse();
}

function countReaders(graph: GraphProto, nodes: readonly NodeProto[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of [...nodes.flatMap((node) => node.input), ...graph.output.map((one) => one.name)]) {
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
