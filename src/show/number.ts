/**
 * A value as people read it: whole numbers as they are, others with at most one digit behind the point from 100 on,
 * two from 1 on, three significant ones below; very large and very small ones as powers of ten. With a true minus sign.
 */
export function shortNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3))
    return minus(value.toExponential(1).replace(/(\.0)?e\+?/, "e"));
  if (Number.isInteger(value)) return minus(String(value));
  const digits = size >= 100 ? value.toFixed(1) : size >= 1 ? value.toFixed(2) : value.toPrecision(3);
  return minus(digits.replace(/\.?0+$/, ""));
}

/** A count with commas between thousands: 12,544. */
export function count(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** Sides joined by ×: 14 × 14 × 512. */
export function sides(...lengths: readonly number[]): string {
  return lengths.map((length) => shortNumber(Math.round(length * 10) / 10)).join(" × ");
}

/** "1 map", "2 maps". */
export function several(number: number, what: string): string {
  return `${count(number)} ${what}${number === 1 ? "" : "s"}`;
}

/** A part of a whole in percent, never 0 or 100 where it is only near. */
export function percent(part: number, whole: number): string {
  const share = (100 * part) / whole;
  if (share > 0 && share < 0.1) return "less than 0.1 %";
  if (share < 100 && share > 99.9) return "more than 99.9 %";
  return `${shortNumber(Math.round(share * 10) / 10)} %`;
}

/** 1st, 2nd, 3rd, 4th, … */
export function ordinal(place: number): string {
  const last = place % 100 > 10 && place % 100 < 14 ? 0 : place % 10;
  return `${count(place)}${["th", "st", "nd", "rd"][last] ?? "th"}`;
}

function minus(text: string): string {
  return text.replace(/^-0$/, "0").replaceAll("-", "−");
}
