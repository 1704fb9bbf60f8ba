/** A number as people write it: a true minus sign, at most four digits behind the point. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace("-", "−").replace("Infinity", "∞");
  const size = Math.abs(value);
  const text =
    Number.isInteger(value) || size >= 1000
      ? String(Math.round(value * 10) / 10)
      : size >= 0.001 || size === 0
        ? String(Math.round(value * 1e4) / 1e4)
        : value.toExponential(1).replace("e+", "e");
  return text.replace(/^-0$/, "0").replaceAll("-", "−");
}

/** `1·2 + 2·1 − 1·0 = 4`; terms whose factor on the left is 0 are left out, since they add nothing. */
export function sumOfProducts(
  terms: readonly (readonly [left: number, right: number])[],
  value: number,
  bias = 0,
): string {
  const parts = terms
    .filter(([left]) => left !== 0)
    .map(([left, right]) => signed(left, `·${bracketed(right)}`));
  if (bias !== 0) parts.push(signed(bias, ""));
  if (parts.length === 0) return numberText(value);
  return `${joined(parts)} = ${numberText(value)}`;
}

/** `2 + 0 − 3 = −1`. */
export function sum(terms: readonly number[], value: number): string {
  if (terms.length < 2) return numberText(value);
  return `${joined(terms.map((term) => signed(term, "")))} = ${numberText(value)}`;
}

function signed(value: number, more: string): string {
  return `${value < 0 ? "− " : "+ "}${numberText(Math.abs(value))}${more}`;
}

function joined(parts: readonly string[]): string {
  return parts.join(" ").replace(/^\+ /, "").replace(/^− /, "−");
}

function bracketed(value: number): string {
  return value < 0 ? `(${numberText(value)})` : numberText(value);
}

/** `4 × 4`, `3 × 3 × 2`. */
export function sides(...lengths: readonly number[]): string {
  return lengths.map(String).join(" × ");
}
