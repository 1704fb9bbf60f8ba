import { averaged } from "../convnet/average.js";
import type { Shape } from "../maps.js";
import type { AveragePool } from "../network/layer.js";
import { slides } from "../network/sliding.js";
import { emptySignals, land, placesOf, type Signals, valuesOf } from "./signals.js";

/** Spreads each value evenly over the window it was the mean of, divided by the divisor used on the way up. */
export function spreadWindows(signals: Signals, layer: AveragePool, inputShape: Shape): Signals {
  const [height, width, channels] = inputShape;
  const [vertical, horizontal] = slides(layer);
  const rows = land(
    signals.places.map(({ y }) => y),
    signals.height,
    vertical,
    height,
  );
  const columns = land(
    signals.places.map(({ x }) => x),
    signals.width,
    horizontal,
    width,
  );
  const out = emptySignals(placesOf(rows.starts, columns.starts), rows.size, columns.size, channels);
  signals.places.forEach((place, unit) => {
    const from = valuesOf(signals, unit);
    const to = valuesOf(out, unit);
    for (let cell = 0; cell < signals.height * signals.width; cell++) {
      const [y, x] = [Math.floor(cell / signals.width), cell % signals.width];
      const { top, bottom, left, right, divisor } = averaged(layer, place.y + y, place.x + x, height, width);
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          const at = ((row - out.places[unit].y) * out.width + column - out.places[unit].x) * channels;
          for (let c = 0; c < channels; c++) to[at + c] += from[cell * channels + c] / divisor;
        }
      }
    }
  });
  return out;
}

/** Spreads each channel's value evenly over the whole map it was the mean of. */
export function globalSpread(signals: Signals, [height, width, channels]: Shape): Signals {
  const out = emptySignals(
    signals.places.map(() => ({ y: 0, x: 0 })),
    height,
    width,
    channels,
  );
  for (let unit = 0; unit < signals.places.length; unit++) {
    const from = valuesOf(signals, unit);
    const to = valuesOf(out, unit);
    for (let i = 0; i < to.length; i++) to[i] = from[i % channels] / (height * width);
  }
  return out;
}
