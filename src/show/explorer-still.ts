import { rules } from "../deconvnet/rectify.js";
import { mapPicture } from "../image/map-picture.js";
import { patch } from "../image/patch.js";
import { below, outputOf } from "../network/graph.js";
import { receptiveWindow } from "../network/receptive-field.js";
import { project } from "../project.js";
import type { Projection } from "../projection.js";
import type { Seen } from "../seen.js";
import type { FoundUnit } from "../select.js";
import { checkOptions } from "./check-options.js";
import { Still } from "./drawable.js";
import { type Drawing, type Mark, picture, text } from "./drawing.js";
import { labelsOf } from "./explorer-labels.js";
import { nineUnits, type Small, type SmallProjections } from "./explorer-nine.js";
import { shownIn } from "./explorer-projection.js";
import type { ExplorerState } from "./explorer-state.js";
import { atlasPanel, type Part, type Scene } from "./explorer-still-atlas.js";
import { inputName, inputPicture, projectedPicture } from "./input-picture.js";
import { layerStrip, stripHeight } from "./layer-strip.js";
import { percent, shortNumber, sides } from "./number.js";
import {
  dimmed,
  heading,
  headingHeight,
  inside,
  marker,
  named,
  type Place,
  photoIn,
  sentences,
  title,
} from "./panel.js";
import { projectionSentences, seedParts } from "./projection-text.js";
import type { StillOptions } from "./still-options.js";
import { space, themes, type } from "./theme.js";
import { elided, textWidth, wrapped } from "./typeface.js";

/** How much of the page's width is for choosing; the rest answers. */
const choosing = 0.55;

/** The explorer's panels with the values they have, as one picture. */
export async function explorerStill(
  seen: Seen,
  state: ExplorerState,
  made: SmallProjections,
  options: StillOptions,
): Promise<Still> {
  checkOptions("still", options);
  const { unit, rule } = state;
  const nine = nineUnits(seen, unit.layer, state.nine === "units" ? unit.map : undefined);
  const asked = state.rules === "all" ? rules : [rule];
  const projections: Projection[] = [];
  for (const one of asked) projections.push(await project(seen, unit, { rule: one, steps: "none" }));
  const { theme = "light" } = options;
  const small = await made.of(
    seen,
    nine.map(({ value: _, ...unit }) => unit),
    { rule, theme },
  );
  const scene = { seen, state, options, colours: themes[theme] };
  const own = projections.find((projection) => projection.rule === rule)!;
  const words = [seedParts(unit).join(" › "), `by ${rule}.`, ...projectionSentences(own)].join(" ");
  return new Still(explorerDrawing(scene, projections, own, nine, small), `Explorer: ${words}`);
}

function explorerDrawing(
  scene: Scene,
  projections: readonly Projection[],
  own: Projection,
  nine: readonly FoundUnit[],
  small: Small,
): Drawing {
  const { seen, state, options, colours } = scene;
  const page = options.width ?? 1000;
  const content = page - 2 * space.page;
  const line = { x: space.page, y: space.page, width: content };
  const more = [seen.network.name, inputName(seen), state.rule].join(" · ");
  const marks: Mark[] = title(line, seedParts(state.unit), more, colours);
  let y = space.page + type.title.line + space.panels;
  const input = inputPicture(seen, options.theme ?? "light");
  const { layer } = state.unit;
  marks.push(...layerStrip({ ...line, y }, seen, [layer], input.photo, colours, wayDown(seen, layer)));
  y += stripHeight + space.group;
  const labels = labelLine({ ...line, y }, scene);
  marks.push(...labels);
  if (labels.length) y += type.small.line + space.group;

  const width = Math.floor(content * choosing);
  const left = atlasPanel({ x: space.page, y, width }, scene);
  marks.push(...left.marks);
  const row = ninePanel({ x: space.page, y: left.bottom + space.page, width }, scene, nine, small);
  marks.push(...row.marks);
  const x = space.page + width + space.page;
  const answers = answerPanels({ x, y, width: space.page + content - x }, scene, projections);
  marks.push(...answers.marks);

  const under = Math.max(row.bottom, answers.bottom) + space.panels;
  const lines = projectionSentences(own).flatMap((words) => wrapped(words, content, type.sentence.size));
  marks.push(...sentences(space.page, under, lines, colours));
  const height = under + lines.length * type.sentence.line + space.page;
  return { width: page, height: Math.ceil(height), page: colours.page, marks };
}

/** The names of the layers that a signal from this one passes. */
function wayDown(seen: Seen, layer: string): ReadonlySet<string> {
  const way = below(seen.network, outputOf(seen.network, layer).name);
  return new Set(seen.layers.filter((name) => way.has(outputOf(seen.network, name).name)));
}

/** The most probable classes, where the network has any. */
function labelLine(place: Omit<Place, "height">, { seen, colours }: Scene): Mark[] {
  const labels = labelsOf(seen);
  if (labels.length === 0) return [];
  const words = labels.map(({ name, probability }) => `${name} ${percent(probability, 1)}`).join("  ·  ");
  const left = textWidth("Most probable", type.small.size, "semibold") + 6;
  return named(
    place.x,
    place.y,
    "Most probable",
    elided(words, place.width - left, type.small.size),
    colours,
  );
}

/** Nine units: what each sees above what made it fire, on one scale. */
function ninePanel(
  place: Omit<Place, "height">,
  { seen, state, options, colours }: Scene,
  nine: readonly FoundUnit[],
  small: Small,
): Part {
  const { theme = "light" } = options;
  const ofMap = state.nine === "units";
  const name = ofMap ? `${nine.length} units of map ${state.unit.map}` : `Strongest ${nine.length} maps`;
  const fact = `patch and projection of each${ofMap ? "" : " one’s strongest unit"}`;
  const marks = named(place.x, place.y, name, fact, colours);
  const side = (place.width - 8 * space.group) / 9;
  const top = place.y + headingHeight;
  const { photo } = inputPicture(seen, theme);
  nine.forEach((unit, i) => {
    const { map, y, x } = unit;
    const box = { x: place.x + i * (side + space.group), y: top, width: side, height: side };
    const window = shownIn({ window: receptiveWindow(seen.network, unit), pixels: seen.input });
    marks.push(photoIn(box, patch(photo, window, colours.track)).mark);
    marks.push(photoIn({ ...box, y: top + side }, small.photos[i]).mark);
    const here = map === state.unit.map && (!ofMap || (y === state.unit.y && x === state.unit.x));
    const under = elided(ofMap ? `${y}, ${x}` : String(map), side + space.group - 2, type.small.size);
    marks.push(
      text(box.x + side / 2, top + 2 * side + 16, under, {
        size: type.small.size,
        anchor: "middle",
        fill: here ? colours.brand : colours.text,
        weight: here ? "semibold" : "regular",
      }),
    );
    if (here) marks.push(...marker({ ...box, height: 2 * side }, { width: 1, height: 1 }, whole, colours));
  });
  return { marks, bottom: top + 2 * side + type.small.line + 4 };
}

const whole = { y: 0, x: 0, height: 1, width: 1 };

/** Where: photo and map. What: patch and projection, or all rules' projections. */
function answerPanels(
  place: Omit<Place, "height">,
  { seen, state, options, colours }: Scene,
  projections: readonly Projection[],
): Part {
  const { theme = "light" } = options;
  const { unit } = state;
  const input = inputPicture(seen, theme);
  const maps = seen.maps(unit.layer);
  const { window } = projections[0];
  const shown = shownIn(projections[0]);
  const all = shown !== window && shown.height === input.photo.height && shown.width === input.photo.width;
  const marks: Mark[] = [];

  const half = (place.width - space.panels) / 2;
  const box = (i: number): Place => ({
    x: place.x + i * (half + space.panels),
    y: place.y + headingHeight,
    width: half,
    height: half,
  });
  const sees = all
    ? `sees all ${sides(shown.height, shown.width)} px`
    : `unit sees ${sides(window.height, window.width)} px`;
  const fact = input.fact || fitting([sees, sides(shown.height, shown.width)], input.name, half);
  marks.push(...heading({ ...box(0), y: place.y }, input.name, fact, colours));
  const photo = photoIn(box(0), all ? input.photo : dimmed(input.photo, window));
  marks.push(photo.mark, ...(all ? [] : marker(photo.place, input.photo, window, colours)));

  const value = maps.data[(unit.y * maps.shape[1] + unit.x) * maps.shape[2] + unit.map];
  marks.push(
    ...heading({ ...box(1), y: place.y }, `Map ${unit.map}`, `value ${shortNumber(value)}`, colours),
  );
  const drawn = mapPicture(maps, unit.map, { theme });
  const at = inside(box(1), drawn);
  const cell = { y: unit.y, x: unit.x, height: 1, width: 1 };
  marks.push(picture(drawn, at, false), ...marker(at, drawn, cell, colours));

  const top = place.y + headingHeight + half + space.panels;
  const panels = projections.length > 1 ? projections.length : 2;
  const side = (place.width - (panels - 1) * space.panels) / panels;
  const panel = (i: number, name: string, fact: string, photo: Parameters<typeof photoIn>[1]): void => {
    const line = { x: place.x + i * (side + space.panels), y: top, width: side };
    marks.push(...heading(line, name, fact, colours));
    marks.push(photoIn({ ...line, y: top + headingHeight, height: side }, photo).mark);
  };
  const projected = projections.map(({ pixels }) =>
    projectedPicture(seen, pixels, shown, { theme, contrast: state.contrast }),
  );
  if (projections.length > 1) {
    projected.forEach(({ photo, scale }, i) => {
      panel(i, projections[i].rule, `±${shortNumber(scale)}`, photo);
    });
  } else {
    panel(0, "Patch", "what the unit sees", patch(input.photo, shown, colours.track));
    const { photo, scale, fact } = projected[0];
    const full = scale ? `full at ±${shortNumber(scale)}` : "zero everywhere";
    panel(1, "Projection", fitting([`${fact}, ${full}`, full], "Projection", side), photo);
  }
  return { marks, bottom: top + headingHeight + side };
}

/** The first of these facts that has room beside a panel's name. */
function fitting(facts: readonly string[], name: string, width: number): string {
  const room = width - textWidth(name, type.small.size, "semibold") - 8;
  return facts.find((fact) => textWidth(fact, type.small.size) <= room) ?? facts[facts.length - 1];
}
