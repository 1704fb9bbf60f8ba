import type { Network } from "../network/network.js";
import type { Work } from "../work.js";
import { loadDlib } from "./dlib/load-dlib.js";
import { fetchWeights } from "./weights.js";

/**
 * ResNet-34 as Davis King trained it on ImageNet for dlib (He et al. 2015; weights CC0): a 7×7 convolution at stride
 * 2 and an overlapping pool, as the paper's network begins, then 16 residual blocks, and the probabilities of 1000
 * classes, whose names it knows. Layers are named as `loadDlib` names them.
 *
 * The first call fetches the weights, from dlib's own site or else from Debian's source package of dlib (200 MB, by
 * `apt-get`), and keeps them; later ones read them from the cache.
 *
 * @param work progress of the download in bytes, and a signal that stops it
 * @returns a network that reads 227 × 227 pictures, RGB, less their mean colour, divided by 256
 * @throws {DownloadError} when the weights can't be fetched; it says where to put them by hand
 * @example
 * const net = await resnet34();
 * net.classes.length; // 1000
 */
export async function resnet34(work: Work = {}): Promise<Network> {
  return loadDlib(await fetchWeights("resnet34", work), { name: "ResNet-34", ...work });
}
