import { strengths } from "../image/map-picture.js";
import { FeatureMaps } from "../maps.js";
import type { Filters } from "../network/filters.js";
import type { Drawing } from "./drawing.js";
import { mapsDrawing } from "./maps-still.js";
import { count, several } from "./number.js";
import type { StillOptions } from "./still-options.js";

/** More kernels than these are no picture any more; the strongest of them are. */
const mostKernels = 2048;

/** A layer's filters, kernel by kernel: one for each map that comes in and each that goes out. */
export function filtersDrawing(filters: Filters, options: StillOptions = {}): Drawing {
  const all = kernels(filters);
  const number = all.shape[2];
  const of = `${several(filters.channels, "filter")} over ${several(filters.inChannels / filters.groups, "map")}`;
  if (number <= mostKernels) return mapsDrawing(all, options, { noun: "kernel", more: `; ${of}` });
  const more = `; of ${count(number)}, ${of}`;
  return mapsDrawing(strongest(all), options, { noun: "kernel", more });
}

/** The weights lie as maps do: kernel `i · channels + o` leads from map `i` to filter `o`. */
function kernels({ size: [height, width], inChannels, groups, channels, weights }: Filters): FeatureMaps {
  return new FeatureMaps([height, width, (inChannels / groups) * channels], weights);
}

function strongest(all: FeatureMaps): FeatureMaps {
  const [height, width, number] = all.shape;
  const strength = strengths(all);
  const chosen = Array.from(strength.keys())
    .sort((a, b) => strength[b] - strength[a])
    .slice(0, mostKernels);
  const data = new Float32Array(height * width * mostKernels);
  for (let cell = 0, to = 0; cell < height * width; cell++) {
    for (const kernel of chosen) data[to++] = all.data[cell * number + kernel];
  }
  return new FeatureMaps([height, width, mostKernels], data);
}
