import { Photo } from "../image/photo.js";
import { FeatureMaps, toRows } from "../maps.js";
import { Filters } from "../network/filters.js";
import { Projection } from "../projection.js";
import { Seen } from "../seen.js";
import { isListOf, isProjection, isStep, Still } from "./drawable.js";
import { several, shortNumber, sides } from "./number.js";
import { showsNumbers } from "./numbers-still.js";
import { projectionSentences, seedParts } from "./projection-text.js";
import { stepSentence } from "./step-text.js";

/** A value in plain words, for screen readers, terminals, and where no picture can be shown. */
export function describe(value: unknown): string {
  if (value instanceof Still) return value.words;
  if (value instanceof Photo) return `Photo ${value.name}, ${sides(value.width, value.height)} pixels`;
  if (value instanceof FeatureMaps) return describeMaps(value);
  if (value instanceof Seen) return describeSeen(value);
  if (value instanceof Projection)
    return `Projection ${seedParts(value.seed).join(" › ")} by ${value.rule}. ${projectionSentences(value).join(" ")}`;
  if (value instanceof Filters)
    return `Filters ${sides(...value.size, value.inChannels / value.groups)}, ${several(value.channels, "filter")}, ${rangeOf(value.weights)}`;
  if (isListOf(value, isProjection))
    return `${several(value.length, "projection")}: ${value.map(({ seed }) => seedParts(seed).join(" › ")).join("; ")}`;
  if (isListOf(value, isStep))
    return `${several(value.length, "step")}: ${value.map(({ kind, layer }) => `${kind} ${layer}`).join(", ")}`;
  if (isStep(value)) return `Step ${value.layer} › ${value.kind}. ${stepSentence(value)}`;
  return String(value);
}

function describeMaps(maps: FeatureMaps): string {
  const [height, width, channels] = maps.shape;
  const first = `FeatureMaps ${sides(height, width)}, ${several(channels, "map")}, ${rangeOf(maps.data)}`;
  if (!showsNumbers(maps)) return first;
  const matrices = Array.from({ length: channels }, (_, c) => {
    const rows = toRows(maps, c).map((row) => row.map(shortNumber));
    const widest = Math.max(...rows.flat().map((word) => word.length));
    return rows.map((row) => row.map((word) => word.padStart(widest)).join(" ")).join("\n");
  });
  return [first, ...matrices].join("\n\n");
}

function describeSeen(seen: Seen): string {
  const { layers, network } = seen;
  const what = seen.photo ? seen.photo.name : `numbers ${sides(...seen.input.shape)}`;
  const ends = layers.length > 1 ? `${layers[0]} … ${layers[layers.length - 1]}` : layers.join();
  return `Seen: ${network.name} on ${what}, ${several(layers.length, "layer")} (${ends})`;
}

/** The smallest and largest value, and how many are none. */
function rangeOf(values: Float32Array): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let none = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
    if (Number.isNaN(values[i])) none++;
  }
  const range = low <= high ? `${shortNumber(low)} … ${shortNumber(high)}` : "no numbers";
  return none ? `${range}, ${several(none, "value")} NaN` : range;
}
