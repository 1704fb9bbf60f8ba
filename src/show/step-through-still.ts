import type { Theme } from "../image/map-colours.js";
import { mapPicture } from "../image/map-picture.js";
import { FeatureMaps, toRows } from "../maps.js";
import { checkOptions } from "./check-options.js";
import { Still } from "./drawable.js";
import { type Mark, picture, polyline, rectangle, text } from "./drawing.js";
import { shortNumber } from "./number.js";
import { matrix } from "./numbers-still.js";
import { colourScale, headingHeight, inside, marker, type Place, sentences, title } from "./panel.js";
import type { Picture, PinnedCell, StageView } from "./step-through-state.js";
import { type Caption, type Captions, captionText } from "./stepper-caption.js";
import { captions } from "./stepper-captions.js";
import { operationMarks, quarters } from "./stepper-operation-still.js";
import { related } from "./stepper-related.js";
import type { Stages } from "./stepper-stages.js";
import type { StillOptions } from "./still-options.js";
import { type Colours, space, themes, type } from "./theme.js";
import { elided, textWidth, wrapped } from "./typeface.js";

/** Between panels, with an arrow in the middle. */
const gap = 44;

/** A panel's picture is no larger. */
const largest = 300;

/** Pictures of at most so many rows and columns are shown as numbers. */
const mostNumbers = 5;

/** One stage as the widget shows it: what comes in, what is done, what goes out, and the sentence with its numbers. */
export function stepThroughStill(
  stages: Stages,
  step: number,
  map: number,
  cell: PinnedCell | null,
  options: StillOptions = {},
): Still {
  checkOptions("still", options);
  const { theme = "light", width: page = 1000 } = options;
  const colours = themes[theme];
  const { view, buffers } = stages.view(step, map, cell);
  const values = (buffer: number): Float32Array => buffers[buffer];
  const content = Math.min(page - 2 * space.page, 3 * largest + 2 * gap);
  const side = (content - 2 * gap) / 3;
  const [layer, kind] = stages.title(step);
  const where = placeInWords(stages, step);
  const marks: Mark[] = title(
    { x: space.page, y: space.page, width: content },
    [layer, kind],
    where,
    colours,
  );

  const top = space.page + type.title.line + space.panels;
  const boxTop = top + headingHeight + type.small.line;
  const under = captions(view, values, view.focus);
  const shown = related(view, view.focus);
  (["input", "operation", "output"] as const).forEach((panel, i) => {
    const box = { x: space.page + i * (side + gap), y: boxTop, width: side, height: side };
    marks.push(...heads(box, top, view.names[panel], view.facts[panel], colours));
    if (panel === "operation") marks.push(...operationMarks(view, values, shown, box, theme));
    else {
      const pictures = panel === "input" ? view.inputs : [view.output];
      const places = panel === "input" ? shown.inputs : [shown.output];
      quarters(box, pictures.length).forEach((place, one) => {
        marks.push(
          ...pictureMarks(
            pictures[one],
            values,
            places[one].map((found) => found.place),
            place,
            theme,
          ),
        );
      });
    }
    marks.push(...captionMarks(box.x, boxTop + side + 20, side, under[panel], colours));
    if (i > 0) marks.push(...arrow(box.x - gap + 10, boxTop + side / 2, gap - 20, colours));
  });

  const scalesAt = boxTop + side + 32;
  marks.push(...scales(view, values, side, scalesAt, theme));
  const lines = wrapped(view.sentence, content, type.sentence.size);
  const below = scalesAt + type.small.line + space.panels;
  marks.push(...sentences(space.page, below, lines, colours));
  const height = Math.ceil(below + lines.length * type.sentence.line + space.page);
  const words = `Step ${layer} → ${kind}, ${where}. ${view.sentence} ${captionWords(under)}`;
  return new Still({ width: content + 2 * space.page, height, page: colours.page, marks }, words);
}

/** "step 7 of 23, from conv4_3 › map 433 › unit 10, 9 down to pixels, rule deconvnet". */
function placeInWords({ projection, count }: Stages, step: number): string {
  const { seed, rule } = projection;
  const from =
    "y" in seed
      ? `unit ${seed.y}, ${seed.x} of ${seed.layer} map ${seed.map}`
      : "map" in seed
        ? `${seed.layer} map ${seed.map}`
        : `${seed.layer}, its own seed`;
  return `step ${step + 1} of ${count}, from ${from} down to pixels, rule ${rule}`;
}

function heads(box: Place, top: number, name: string, fact: string, colours: Colours): Mark[] {
  const { size, line } = type.small;
  return [
    text(box.x, top + 13, elided(name, box.width, size, "semibold"), {
      size,
      weight: "semibold",
      fill: colours.text,
    }),
    text(box.x, top + line + 13, elided(fact, box.width, size), { size, fill: colours.secondText }),
  ];
}

/** A picture with the marked places; small ones as the numbers themselves. */
function pictureMarks(
  { window, count, buffer, scale, layout }: Picture,
  values: (buffer: number) => Float32Array,
  places: readonly number[],
  box: Place,
  theme: Theme,
): Mark[] {
  const colours = themes[theme];
  const { height, width } = window;
  const place = inside(box, { height, width });
  const maps = new FeatureMaps([height, width, 1]);
  maps.data.set(values(buffer));
  const marks: Mark[] = [];
  if (height <= mostNumbers && width <= mostNumbers && layout === "map" && place.width / width >= 44) {
    marks.push(
      ...matrix(
        place,
        toRows(maps).map((row) => row.map(shortNumber)),
        colours,
      ),
    );
  } else {
    marks.push(picture(mapPicture(maps, 0, { theme, scale }), place, false));
    marks.push(rectangle(place.x, place.y, place.width, place.height, { stroke: colours.edge }));
  }
  if (places.length === 0 || places.length === count) return marks;
  const cells = places.map((one) => ({ y: Math.floor(one / width), x: one % width }));
  const [y, x] = [Math.min(...cells.map((cell) => cell.y)), Math.min(...cells.map((cell) => cell.x))];
  const around = {
    ...{ y, x },
    height: Math.max(...cells.map((cell) => cell.y)) - y + 1,
    width: Math.max(...cells.map((cell) => cell.x)) - x + 1,
  };
  return [...marks, ...marker(place, { height, width }, around, colours)];
}

function captionMarks(
  x: number,
  baseline: number,
  width: number,
  caption: Caption,
  colours: Colours,
): Mark[] {
  const { size } = type.small;
  const marks: Mark[] = [];
  let at = x;
  for (const word of caption) {
    const [words, weight] =
      typeof word === "string" ? [word, "regular" as const] : [word.value, "semibold" as const];
    const shown = elided(words, Math.max(x + width - at, 0), size, weight);
    marks.push(text(at, baseline, shown, { size, weight, fill: colours.text }));
    at += textWidth(shown, size, weight) + trailing(shown, size);
    if (shown !== words) break;
  }
  return marks;
}

/** A space at the end of words is not measured with them. */
function trailing(words: string, size: number): number {
  return words.endsWith(" ") ? size * 0.04 : 0;
}

/** One bar of colours where both sides share a scale, else one below each. */
function scales(
  { inputs, output }: StageView,
  values: (buffer: number) => Float32Array,
  side: number,
  y: number,
  theme: Theme,
): Mark[] {
  const signed = (pictures: readonly Picture[]): boolean =>
    pictures.some(({ buffer }) => values(buffer).some((value) => value < 0));
  const bar = (left: number, pictures: readonly Picture[]): Mark[] =>
    colourScale(left + side, y, pictures[0].scale, signed(pictures), { theme }).marks;
  const last = space.page + 2 * (side + gap);
  if (inputs[0].scale === output.scale) return bar(last, [output, ...inputs]);
  return [...bar(space.page, inputs), ...bar(last, [output])];
}

function arrow(x: number, y: number, length: number, colours: Colours): Mark[] {
  const end = x + length;
  return [
    polyline(
      [
        [x, y],
        [end - 6, y],
      ],
      { stroke: colours.brand, strokeWidth: 2 },
    ),
    polyline(
      [
        [end - 8, y - 5],
        [end, y],
        [end - 8, y + 5],
        [end - 8, y - 5],
      ],
      { fill: colours.brand },
    ),
  ];
}

function captionWords({ input, operation, output }: Captions): string {
  return [input, operation, output].map(captionText).filter(Boolean).join("; ");
}
