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
  const out = spare ? signals.data : new Float32Array(signals.data.length);
  if (rule === "deconvnet") {
    positivePart(signals.data, out);
    return { ...signals, data: out };
  }
  const result = { ...signals, data: out };
  const run = signals.width * signals.channels;
  const guided = rule === "guided";
  signals.places.forEach(({ y, x }, unit) => {
    const from = valuesOf(signals, unit);
    const to = valuesOf(result, unit);
    for (let row = 0; row < signals.height; row++) {
      const above = ((y + row) * rectified.shape[1] + x) * signals.channels;
      for (let i = 0; i < run; i++) {
        const value = from[row * run + i];
        // Above zero after rectifying is above zero before it.
        to[row * run + i] = rectified.data[above + i] > 0 && !(guided && value < 0) ? value : 0;
      }
    }
  });
  return result;
}
