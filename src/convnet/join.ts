import { FeatureMaps, type Shape } from "../maps.js";
import type { Flatten, ZeroPad } from "../network/layer.js";

/** The sum of maps of one shape, as a residual block ends. */
export function add(parts: readonly FeatureMaps[]): FeatureMaps {
  const out = new FeatureMaps(parts[0].shape, parts[0].data.slice());
  for (const { data } of parts.slice(1)) for (let i = 0; i < data.length; i++) out.data[i] += data[i];
  return out;
}

/** All maps of the parts, one part after the other, as an inception block ends. */
export function concat(parts: readonly FeatureMaps[]): FeatureMaps {
  const [height, width] = parts[0].shape;
  const channels = parts.reduce((sum, part) => sum + part.shape[2], 0);
  const out = new FeatureMaps([height, width, channels]);
  for (let cell = 0; cell < height * width; cell++) {
    let to = cell * channels;
    for (const { shape, data } of parts) {
      out.data.set(data.subarray(cell * shape[2], (cell + 1) * shape[2]), to);
      to += shape[2];
    }
  }
  return out;
}

/** Zeros around the maps, and maps of zeros before and after them. */
export function zeroPad(maps: FeatureMaps, { padding, channels: [before, after] }: ZeroPad): FeatureMaps {
  const [height, width, channels] = maps.shape;
  const shape: Shape = [
    height + padding.top + padding.bottom,
    width + padding.left + padding.right,
    before + channels + after,
  ];
  const out = new FeatureMaps(shape);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      const to = ((y + padding.top) * shape[1] + x + padding.left) * shape[2] + before;
      out.data.set(maps.data.subarray(from, from + channels), to);
    }
  }
  return out;
}

/** All values in one row, in the order the layer says. */
export function flatten(maps: FeatureMaps, { order }: Flatten): FeatureMaps {
  const [height, width, channels] = maps.shape;
  const shape: Shape = [1, 1, maps.data.length];
  if (order === "hwc" || (height === 1 && width === 1)) return new FeatureMaps(shape, maps.data);
  const out = new FeatureMaps(shape);
  for (let i = 0; i < height * width; i++) {
    for (let c = 0; c < channels; c++) out.data[c * height * width + i] = maps.data[i * channels + c];
  }
  return out;
}
