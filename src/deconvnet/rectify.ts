import { positivePart } from "../convnet/positive-part.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { FeatureMaps } from "../maps.js";
import { type Signals, valuesOf, wholeSignal } from "./signals.js";

/**
 * What a rectifier lets through on the way down. With R the signal and x what went into the rectifier on the way up:
 * `"deconvnet"` R where R > 0 (Zeiler & Fergus); `"gradient"` R where x > 0 (Simonyan 2013); `"guided"` R where both
 * are (Springenberg 2014). The three published methods differ here and nowhere else.
 */
export type Rule = "deconvnet" | "gradient" | "guided";

export const rules: readonly Rule[] = ["deconvnet", "gradient", "guided"];

/**
 * DOWN, step 2: rectifies the signal itself, whatever was rectified on the way up (section 2.1, "we pass the
 * reconstructed signal through a relu non-linearity").
 *
 * @param signal `[height, width, channels]`
 * @param options which rule, and what it needs
 * @param options.rule `"deconvnet"` (default), `"gradient"` or `"guided"`
 * @param options.rectified the rectifier's output on the way up, which the other two rules look at
 * @throws {ArgumentError} for another rule, or without `rectified` where the rule needs it
 * @see {@link convnet.rectify}, its twin on the way up
 * @example
 * toRows(deconvnet.rectify(fromRows([[-3, 4]]))); // [[0, 4]]
 */
export function rectify(
  signal: FeatureMaps,
  { rule = "deconvnet", rectified }: { readonly rule?: Rule; readonly rectified?: FeatureMaps } = {},
): FeatureMaps {
  if (!rules.includes(rule)) throw new ArgumentError("deconvnet.rectify", "rule", rule, rules.join(", "));
  if (rule !== "deconvnet" && !rectified) {
    throw new ArgumentError(
      "deconvnet.rectify",
      "rectified",
      rectified,
      `the maps of the way up, which the rule "${rule}" looks at`,
    );
  }
  if (rectified?.shape.some((side, i) => side !== signal.shape[i])) {
    throw new ShapeError("deconvnet.rectify", "rectified maps", rectified.shape, signal.shape);
  }
  const { data } = rectifyWindows(wholeSignal(signal), rule, rectified ?? signal, false);
  return new FeatureMaps(signal.shape, data);
}

/**
 * `rectify` for windows.
 *
 * @param rectified the layer's whole maps on the way up
 * @param spare the signals may be written over
 */
export function rectifyWindows(
  signals: Signals,
  rule: Rule,
  rectified: FeatureMaps,
  spare: boolean,
): Signals {
  const out = { ...signals, data: spare ? signals.data : new Float32Array(signals.data.length) };
  // Guided lets through what both of the others do: first the one, then, in place, the other.
  if (rule !== "gradient") positivePart(signals.data, out.data);
  if (rule === "deconvnet") return out;
  const from = rule === "guided" ? out : signals;
  const run = signals.width * signals.channels;
  signals.places.forEach(({ y, x }, unit) => {
    for (let row = 0; row < signals.height; row++) {
      const start = ((y + row) * rectified.shape[1] + x) * signals.channels;
      const [first, last] = [row * run, (row + 1) * run];
      whereOpen(
        valuesOf(from, unit).subarray(first, last),
        rectified.data.subarray(start, start + run),
        valuesOf(out, unit).subarray(first, last),
      );
    }
  });
  return out;
}

/** The bits of the greatest float32 and one more: from there on it is NaN. */
const notANumber = 0x7f800001;

/**
 * Values where the rectifier was open, 0 elsewhere. Above zero after rectifying is above zero before it. It looks at
 * bits, as `positivePart` does, since a branch would be guessed wrong half the time.
 */
function whereOpen(from: Float32Array, rectified: Float32Array, to: Float32Array): void {
  const values = new Int32Array(from.buffer, from.byteOffset, from.length);
  const gates = new Int32Array(rectified.buffer, rectified.byteOffset, rectified.length);
  const out = new Int32Array(to.buffer, to.byteOffset, to.length);
  for (let i = 0; i < values.length; i++) {
    const gate = gates[i];
    // All bits set where the gate is a number above zero, none elsewhere.
    out[i] = values[i] & ((-gate & (gate - notANumber)) >> 31);
  }
}
