import type { Rule } from "../deconvnet/rectify.js";
import type { Theme } from "../image/map-colours.js";
import { Photo } from "../image/photo.js";
import { pictureScale } from "../image/projection-picture.js";
import { resample } from "../image/resample.js";
import { receptiveWindow } from "../network/receptive-field.js";
import { project } from "../project.js";
import type { Projection } from "../projection.js";
import type { Seen } from "../seen.js";
import { type FoundUnit, strongestUnits, type Unit } from "../select.js";
import type { Work } from "../work.js";
import type { Answer } from "./answer-requests.js";
import { shownIn } from "./explorer-projection.js";
import type { NineAnswer, NineUnit, SmallPictures } from "./explorer-state.js";
import { projectedPicture } from "./input-picture.js";

/** Nine are shown, each at most so many pixels long: twice the size of its place. */
const [nine, longest] = [9, 128];

/** Projections go down together as long as their windows have not more pixels than this; a newer wish waits as long. */
const together = 25_000;

/**
 * Which nine: each map's strongest unit of the strongest maps, or units of one map that see different parts. Of those that
 * did not fire at all there would be nothing to see: at most one is given, where there is no other.
 */
export function nineUnits(seen: Seen, layer: string, map: number | undefined): FoundUnit[] {
  const found = strongestUnits(seen, layer, { count: nine, ...(map === undefined ? {} : { map }) });
  const fired = found.filter(({ value }) => value !== 0);
  return fired.length ? fired : found.slice(0, 1);
}

/** The nine and what each sees. */
export function nineAnswer(
  seen: Seen,
  layer: string,
  map: number | undefined,
): Answer & { readonly body: NineAnswer } {
  const units = nineUnits(seen, layer, map).map(({ value, ...unit }): NineUnit => {
    const window = receptiveWindow(seen.network, unit);
    return { unit, value, window: shownIn({ window, pixels: seen.input }) };
  });
  return { body: { units } };
}

/** How small pictures are made. */
export interface SmallHow {
  readonly rule: Rule;
  readonly theme: Theme;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: Work["progress"];
  /** Waits until nothing is more urgent. */
  readonly turn?: (() => Promise<void>) | undefined;
}

/** Projections of several units, small and on one scale. */
export interface Small {
  /** The magnitude at full strength. */
  readonly scale: number;
  readonly photos: readonly Photo[];
}

/** So many of one picture's are kept: the still has them first, and the widget asks for the same a moment later. */
const mostKept = 4;

/** Makes small pictures of projections, and keeps the newest. */
export class SmallProjections {
  readonly #kept = new WeakMap<Seen, Map<string, Small>>();

  async of(seen: Seen, units: readonly Unit[], how: SmallHow): Promise<Small> {
    const kept = this.#kept.get(seen) ?? new Map<string, Small>();
    this.#kept.set(seen, kept);
    const places = units.map(({ layer, map, y, x }) => [layer, map, y, x]);
    const key = JSON.stringify([how.rule, how.theme, places]);
    const small = kept.get(key) ?? smallOf(await projectInTurns(seen, units, how), how.theme);
    kept.delete(key);
    kept.set(key, small);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return small;
  }
}

/** As the widget gets them. */
export function smallAnswer({ scale, photos }: Small): Answer & { readonly body: SmallPictures } {
  const sizes = photos.map(({ height, width }) => ({ height, width }));
  return { body: { scale, sizes }, buffers: photos.map(({ data }) => data) };
}

/** Projects several units, some at a time, so that something more urgent can come in between. */
async function projectInTurns(
  seen: Seen,
  units: readonly Unit[],
  { rule, signal, progress, turn }: SmallHow,
): Promise<Projection[]> {
  const projections: Projection[] = [];
  while (projections.length < units.length) {
    await turn?.();
    const { height, width } = receptiveWindow(seen.network, units[projections.length]);
    const count = Math.max(1, Math.floor(together / (height * width)));
    const next = units.slice(projections.length, projections.length + count);
    projections.push(...(await project(seen, next, { rule, signal })));
    progress?.(projections.length, units.length, units[0].layer);
  }
  return projections;
}

function smallOf(projections: readonly Projection[], theme: Theme): Small {
  const scale = pictureScale(projections.map(({ pixels }) => pixels));
  const photos = projections.map((projection) => {
    const { seen, pixels } = projection;
    return small(projectedPicture(seen, pixels, shownIn(projection), { scale, theme }).photo);
  });
  return { scale, photos };
}

function small(photo: Photo): Photo {
  const times = Math.min(1, longest / Math.max(photo.width, photo.height));
  if (times === 1) return photo;
  const width = Math.max(1, Math.round(photo.width * times));
  const height = Math.max(1, Math.round(photo.height * times));
  const whole = { rows: { start: 0, length: photo.height }, columns: { start: 0, length: photo.width } };
  const data = resample(photo.data, photo, whole, { width, height });
  return new Photo(width, height, data, photo.name);
}
