import type { Rule } from "../deconvnet/rectify.js";
import { sources } from "../image/channel-order.js";
import { pictureScale } from "../image/projection-picture.js";
import type { FeatureMaps, Window } from "../maps.js";
import { clip } from "../network/receptive-field.js";
import { project } from "../project.js";
import type { Projection } from "../projection.js";
import type { Seen } from "../seen.js";
import type { Unit } from "../select.js";
import type { Work } from "../work.js";
import type { Answer } from "./answer-requests.js";
import type { ProjectionAnswer } from "./explorer-state.js";
import { channelOrder, strongestChannel } from "./input-picture.js";
import { projectionSentences } from "./projection-text.js";

/** A unit's projection: its pixels, and what they say. */
export async function projectionAnswer(
  seen: Seen,
  unit: Unit,
  rule: Rule,
  work: Work,
): Promise<Answer & { readonly body: ProjectionAnswer }> {
  const projection = await project(seen, unit, { ...work, rule, steps: "none" });
  const part = shownPart(projection);
  const order = channelOrder(seen);
  const pixels = order === undefined ? strongestChannel(projection.pixels) : projection.pixels;
  const channels = pixels.shape[2] === 1 ? 1 : 3;
  const maps = seen.maps(unit.layer);
  return {
    body: {
      window: shownIn(projection),
      part,
      channels,
      colours: order === undefined ? "numbers" : "pixels",
      scale: pictureScale([projection.pixels]),
      value: maps.data[(unit.y * maps.shape[1] + unit.x) * maps.shape[2] + unit.map],
      sentences: projectionSentences(projection),
    },
    buffers: [cutOut(pixels, part, channels === 1 ? [0] : sources(order ?? "rgb"))],
  };
}

/** The window with its overhang, so that patch and projection are one crop; the picture where it sees all of it. */
export function shownIn(projection: Pick<Projection, "window" | "pixels">): Window {
  const { window, pixels } = projection;
  const part = shownPart(projection);
  return part.height === pixels.shape[0] && part.width === pixels.shape[1] ? part : window;
}

/** The part of the picture that a projection is about: the window, as far as there is a picture. */
export function shownPart({ window, pixels }: Pick<Projection, "window" | "pixels">): Window {
  const [height, width] = pixels.shape;
  return clip(window, { y: 0, x: 0, height, width });
}

/** A window's values, in the order of these channels. */
export function cutOut({ shape, data }: FeatureMaps, part: Window, from: readonly number[]): Float32Array {
  const [, width, channels] = shape;
  const values = new Float32Array(part.height * part.width * from.length);
  let to = 0;
  for (let y = part.y; y < part.y + part.height; y++) {
    for (let x = part.x; x < part.x + part.width; x++) {
      const pixel = (y * width + x) * channels;
      for (let c = 0; c < from.length; c++) values[to++] = data[pixel + from[c]];
    }
  }
  return values;
}
