import { mapPicture, strengths } from "../image/map-picture.js";
import { type Signal, toRows } from "../maps.js";
import type { Step } from "../projection.js";
import { type Drawing, type Mark, picture, polyline, text } from "./drawing.js";
import { several, shortNumber, sides } from "./number.js";
import { matrix } from "./numbers-still.js";
import { colourScale, heading, headingHeight, inside, sentences, title } from "./panel.js";
import { stepSentence } from "./step-text.js";
import type { StillOptions } from "./still-options.js";
import { type Colours, space, themes, type } from "./theme.js";
import { elided, wrapped } from "./typeface.js";

/** Of a picture's side, in CSS pixels. */
const largest = 300;

/** Signals of at most so many rows and columns are shown as numbers. */
const mostNumbers = 5;

/** Of their cells, in CSS pixels: wide enough for any number that `shortNumber` writes. */
const cell = largest / mostNumbers;

/** One stage on the way down: the signal that came in, the signal that goes out, and what happened. */
export function stepDrawing(step: Step, options: StillOptions = {}): Drawing {
  const { theme = "light" } = options;
  const colours = themes[theme];
  const gap = 48;
  const content = 2 * largest + gap;
  const marks: Mark[] = title(
    { x: space.page, y: space.page, width: content },
    [step.layer, step.kind],
    "",
    colours,
  );
  const top = space.page + type.title.line + space.panels;
  // Where maps keep their numbers, the same one is shown before and after, on one scale.
  const kept =
    step.kind !== "filter" && step.kind !== "reshape" && step.kind !== "split" && step.kind !== "crop";
  const after = strongestMap(step.output);
  const before = kept ? after : strongestMap(step.input);
  const scales = [strengths(step.input.maps)[before], strengths(step.output.maps)[after]];
  const common = kept ? Math.max(...scales) : undefined;
  const panels = [
    { name: "Signal in", signal: step.input, map: before, scale: options.scale ?? common ?? scales[0] },
    { name: "Signal out", signal: step.output, map: after, scale: options.scale ?? common ?? scales[1] },
  ];
  const numbers = panels.map(({ signal, map }) => numbersOf(signal, map));
  const side = numbers.every((rows) => rows)
    ? Math.max(...numbers.map((rows) => rows?.length ?? 0)) * cell
    : largest;
  const boxTop = top + headingHeight;
  const under = boxTop + side + 4;
  panels.forEach(({ name, signal, map, scale }, i) => {
    const box = { x: space.page + i * (largest + gap), y: boxTop, width: largest, height: side };
    const [height, width, channels] = signal.maps.shape;
    marks.push(
      ...heading({ ...box, y: top }, name, `map ${map} of ${channels}, ${sides(height, width)}`, colours),
    );
    const from = `from ${signal.window.y}, ${signal.window.x}`;
    marks.push(text(box.x, under + 13, from, { size: type.small.size, fill: colours.secondText }));
    const rows = numbers[i];
    if (rows) {
      const place = { ...box, width: width * cell, height: height * cell };
      marks.push(...matrix({ ...place, y: boxTop + (side - place.height) / 2 }, rows, colours));
      return;
    }
    const place = inside(box, { height, width });
    marks.push(picture(mapPicture(signal.maps, map, { theme, scale }), place, false));
    const signed = toRows(signal.maps, map)
      .flat()
      .some((value) => value < 0);
    marks.push(...colourScale(box.x + largest, under, scale, signed, { theme }).marks);
  });
  const bottom = under + type.small.line;
  const middle = boxTop + side / 2;
  marks.push(...arrow(space.page + largest + 12, middle, gap - 24, colours));
  const lines = wrapped(stepSentence(step), content, type.sentence.size);
  marks.push(...sentences(space.page, bottom + space.panels, lines, colours));
  const height = bottom + space.panels + lines.length * type.sentence.line + space.page;
  return { width: content + 2 * space.page, height: Math.ceil(height), page: colours.page, marks };
}

/** The numbers of a small signal's map. */
function numbersOf({ maps }: Signal, map: number): string[][] | undefined {
  const [height, width] = maps.shape;
  if (height > mostNumbers || width > mostNumbers) return undefined;
  return toRows(maps, map).map((row) => row.map(shortNumber));
}

/** Several stages at once, in their order: of each the strongest map that goes out. */
export function stepsDrawing(steps: readonly Step[], options: StillOptions = {}): Drawing {
  const { theme = "light", width: page = 1000 } = options;
  const colours = themes[theme];
  const content = page - 2 * space.page;
  const columns = 8;
  const side = (content - (columns - 1) * space.panels) / columns;
  const row = side + 2 * type.small.line + headingHeight + space.panels;
  const line = { x: space.page, y: space.page, width: content };
  const marks: Mark[] = title(
    line,
    ["The way down", several(steps.length, "step")],
    "the strongest map that goes out, each on its own scale",
    colours,
  );
  const top = space.page + type.title.line + space.panels;
  for (const [i, { kind, layer, output }] of steps.entries()) {
    const x = space.page + (i % columns) * (side + space.panels);
    const y = top + Math.floor(i / columns) * row;
    const map = strongestMap(output);
    const drawn = mapPicture(output.maps, map, { theme });
    const place = inside({ x, y: y + headingHeight, width: side, height: side }, drawn);
    marks.push(...heading({ x, y, width: side }, `${i + 1} ${kind}`, "", colours));
    marks.push(picture(drawn, place, false));
    const below = y + headingHeight + side + 2 + 13;
    [layer, sides(...output.maps.shape)].forEach((words, line) => {
      const style = { size: type.small.size, fill: colours.secondText };
      marks.push(text(x, below + line * type.small.line, elided(words, side, type.small.size), style));
    });
  }
  const height = top + Math.ceil(steps.length / columns) * row - space.panels + space.page;
  return { width: page, height: Math.ceil(height), page: colours.page, marks };
}

/** The map with the largest magnitude. */
function strongestMap({ maps }: Signal): number {
  const all = strengths(maps);
  return all.reduce((best, one, map) => (one > all[best] ? map : best), 0);
}

/** A short arrow to the right. */
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
