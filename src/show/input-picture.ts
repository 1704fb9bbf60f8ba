import { mapColours, type Theme } from "../image/map-colours.js";
import { mapPicture } from "../image/map-picture.js";
import { patch } from "../image/patch.js";
import type { Photo } from "../image/photo.js";
import { toPixels } from "../image/preprocess.js";
import type { Preprocessing } from "../image/preprocessing.js";
import { pictureScale, projectionPicture } from "../image/projection-picture.js";
import { FeatureMaps, type Window } from "../maps.js";
import type { Seen } from "../seen.js";
import type { StillOptions } from "./still-options.js";

/** What a network read, as a picture, and what to say about it. */
export interface InputPicture {
  readonly name: "Photo" | "Input";
  readonly photo: Photo;
  readonly fact: string;
}

/**
 * What a network read: the fitted photo; else the picture its numbers stand for; else, where its file does not say
 * how pixels became numbers, each pixel's strongest number in the colours of maps.
 */
export function inputPicture(seen: Seen, theme: Theme): InputPicture {
  if (seen.fitted) return { name: "Photo", photo: seen.fitted.photo, fact: "" };
  const { preprocessing } = seen.network.input;
  if (preprocessing)
    return { name: "Input", photo: toPixels(seen.input, preprocessing), fact: "from its numbers" };
  return { name: "Input", photo: numbersPicture(seen.input, theme), fact: "as numbers" };
}

/** Whether what a network read is shown in the colours of maps, which go by the theme. */
export function readsNumbers({ fitted, network }: Seen): boolean {
  return !fitted && !network.input.preprocessing;
}

/** The name of the picture that a network read. */
export function inputName(seen: Seen): string {
  return seen.photo?.name ?? "its input";
}

/** A projection's window as a picture, and the magnitude at full strength. */
export interface ProjectedPicture {
  readonly photo: Photo;
  readonly scale: number;
  readonly fact: string;
}

/**
 * The part of a projection inside a window, around mid-grey. Where the file does not say which channel is red, or
 * a network reads neither 1 nor 3 channels, in the colours of maps instead.
 *
 * @param options.scale for panels that share one
 */
export function projectedPicture(
  seen: Seen,
  pixels: FeatureMaps,
  window: Window,
  options: StillOptions,
): ProjectedPicture {
  const { theme = "light", range = "robust", contrast = 1 } = options;
  const scale = options.scale ?? pictureScale([pixels], { range, contrast });
  const order = channelOrder(seen);
  if (order === undefined) {
    const photo = patch(numbersPicture(pixels, theme, scale), window, mapColours[theme].zero);
    return { photo, scale, fact: "as numbers" };
  }
  const whole = projectionPicture(pixels, { channelOrder: order, scale });
  return { photo: patch(whole, window, "#808080"), scale, fact: "grey is 0" };
}

/** One channel can only be grey; of several, only the network knows which is red. */
export function channelOrder(seen: Seen): Preprocessing["channelOrder"] | undefined {
  return seen.network.input.preprocessing?.channelOrder ?? (seen.input.shape[2] === 1 ? "grey" : undefined);
}

/** At each pixel the value of the channel that is strongest there. */
export function strongestChannel(maps: FeatureMaps): FeatureMaps {
  const [height, width, channels] = maps.shape;
  const strongest = new FeatureMaps([height, width, 1]);
  for (let i = 0, p = 0; p < strongest.data.length; p++) {
    for (let c = 0; c < channels; c++, i++) {
      if (!(Math.abs(maps.data[i]) <= Math.abs(strongest.data[p]))) strongest.data[p] = maps.data[i];
    }
  }
  return strongest;
}

/** The strongest channel's values in the colours of maps. */
function numbersPicture(maps: FeatureMaps, theme: Theme, scale?: number): Photo {
  return mapPicture(strongestChannel(maps), 0, {
    theme,
    gamma: 1,
    ...(scale === undefined ? {} : { scale }),
  });
}
