import { up } from "./convnet/layer.js";
import { ArgumentError, ShapeError } from "./errors.js";
import { type Fit, type Fitted, fitPhoto } from "./image/fit.js";
import { Photo } from "./image/photo.js";
import { preprocess } from "./image/preprocess.js";
import { FeatureMaps, type Switches } from "./maps.js";
import { inputName, outputNames, readersOf, rectifierOf } from "./network/graph.js";
import type { Network } from "./network/network.js";
import { shapes } from "./network/shapes.js";
import { Seen } from "./seen.js";
import { pause, type Work } from "./work.js";

/** How `forward` fits a photo, besides how it can be stopped and watched. */
export interface ForwardOptions extends Work {
  /** Default `"crop"`: the shorter side is resized, the centre cut out. */
  readonly fit?: Fit;
}

/**
 * Shows a network a picture and keeps everything it saw: each layer's maps and each pool's switches.
 *
 * @param network with weights
 * @param picture a photo, which is fitted to the network and preprocessed as its network wants; or maps of the
 *   network's input shape that already are
 * @param options.fit `"crop"` (default), `"stretch"` or `"pad"`; for photos
 * @param options.signal stops the work between two layers
 * @param options.progress called after each layer
 * @throws {ShapeError} for maps of another shape, or a network without weights
 * @throws {ArgumentError} for a photo where the network's file does not say how pictures are preprocessed
 * @example
 * const seen = await forward(await vgg16(), await readImage("notebooks/photos/chelsea.png"));
 * seen.maps("conv5_1").shape; // [14, 14, 512]
 */
export async function forward(
  network: Network,
  picture: Photo | FeatureMaps,
  options: ForwardOptions = {},
): Promise<Seen> {
  const source = prepared(network, picture, options.fit);
  // A layer that only feeds its own rectifier has no output of its own: its maps may be written over.
  const kept = new Set([...outputNames(network).values()].map((layer) => layer.name));
  const left = new Map(network.layers.map((layer) => [layer.name, readersOf(network, layer.name).length]));
  // Rectifiers that the filters before them did in the same go.
  const rectified = new Set<string>();
  const maps = new Map<string, FeatureMaps>([[inputName, source.input]]);
  const switches = new Map<string, Switches>();
  for (const [i, layer] of network.layers.entries()) {
    await pause(options);
    const inputs = layer.inputs.map((name) => maps.get(name)!);
    const rectifier = kept.has(layer.name) ? undefined : rectifierOf(network, layer);
    const spare = !kept.has(layer.inputs[0]) && layer.inputs[0] !== inputName;
    const result = rectified.has(layer.name)
      ? { maps: inputs[0] }
      : await up(network, layer, inputs, { spare, andRectify: rectifier !== undefined });
    if (rectifier) rectified.add(rectifier.name);
    maps.set(layer.name, result.maps);
    if (result.switches) switches.set(layer.name, result.switches);
    for (const name of layer.inputs) {
      const readers = (left.get(name) ?? 0) - 1;
      left.set(name, readers);
      if (readers === 0 && !kept.has(name)) maps.delete(name);
    }
    options.progress?.(i + 1, network.layers.length, layer.name);
  }
  return new Seen(network, source, maps, switches);
}

function prepared(
  network: Network,
  picture: Photo | FeatureMaps,
  fit: Fit | undefined,
): { photo?: Photo; fitted?: Fitted; input: FeatureMaps } {
  const wanted = shapes(network).get(inputName)!;
  if (picture instanceof Photo) {
    const { preprocessing } = network.input;
    if (!preprocessing) {
      throw new ArgumentError(
        "forward",
        `${network.name}'s preprocessing`,
        undefined,
        "a way to make its numbers of pixels, which its file does not say: load it with { preprocessing: preprocessings.torch } or another",
      );
    }
    const fitted = fitPhoto(picture, network.input, fit);
    return { photo: picture, fitted, input: preprocess(fitted.photo, preprocessing) };
  }
  if (!(picture instanceof FeatureMaps)) {
    throw new ArgumentError("forward", "picture", picture, "a photo from readImage, or FeatureMaps");
  }
  if (picture.shape.some((side, i) => side !== wanted[i])) {
    throw new ShapeError("forward", "picture", picture.shape, wanted, "pass a photo to have it fitted");
  }
  return { input: picture };
}
