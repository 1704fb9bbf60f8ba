import { hexColour } from "../image/colour.js";
import type { Theme } from "../image/map-colours.js";
import { mapPicture } from "../image/map-picture.js";
import { Photo } from "../image/photo.js";
import { FeatureMaps } from "../maps.js";
import { type Mark, picture, polyline, rectangle, text } from "./drawing.js";
import { count, shortNumber } from "./number.js";
import { inside, marker, type Place } from "./panel.js";
import type { StageView } from "./step-through-state.js";
import type { Values } from "./stepper-caption.js";
import type { Related } from "./stepper-related.js";
import { type Colours, themes, type } from "./theme.js";
import { elided } from "./typeface.js";

/** What a stage does, as its middle panel shows it. */
export function operationMarks(
  view: StageView,
  values: Values,
  found: Related,
  box: Place,
  theme: Theme,
): Mark[] {
  const { operation, links } = view;
  const colours = themes[theme];
  switch (operation.kind) {
    case "switches": {
      const { window } = view.output;
      const on = new Uint8Array(window.height * window.width);
      if (links.how === "lists") for (const place of links.places) on[place] = 1;
      return [
        ...cells(box, window, on, colours, operation.stride),
        ...marked(box, window, found.output, colours),
      ];
    }
    case "rectify":
      if (operation.up !== undefined) {
        const { window, count } = view.inputs[0];
        const up = values(operation.up);
        const on = Uint8Array.from({ length: window.height * window.width }, (_, i) =>
          i < count && up[i] > 0 ? 1 : 0,
        );
        return [...cells(box, window, on, colours), ...marked(box, window, found.inputs[0], colours)];
      }
      return rectifier(box, theme, valueAt(view, values, found));
    case "kernels":
      return quarters(box, operation.kernels.length).flatMap((place, i) => {
        const [height, width] = operation.size;
        const kernel = new FeatureMaps([height, width, 1], values(operation.kernels[i]));
        const at = inside(place, { height, width });
        return [
          picture(mapPicture(kernel, 0, { theme, scale: operation.scale }), at, false),
          rectangle(at.x, at.y, at.width, at.height, { stroke: colours.edge }),
        ];
      });
    case "weights": {
      const { height, width } = view.inputs[0].window;
      const weights = new FeatureMaps([height, width, 1]);
      weights.data.set(values(operation.buffer));
      return [
        picture(
          mapPicture(weights, 0, { theme, scale: operation.scale }),
          inside(box, { height, width }),
          false,
        ),
      ];
    }
    case "plus":
      return words(box, ["+", ...operation.from.map((name) => `from ${name}`)], colours);
    case "branch":
      return words(
        box,
        operation.to.map((name) => `→ ${name}`),
        colours,
      );
    case "split":
      return words(
        box,
        operation.parts.map(
          ({ to, first, count: maps }) => `${count(first)}–${count(first + maps - 1)} → ${to}`,
        ),
        colours,
      );
    case "factor":
      return words(box, [`× ${shortNumber(operation.factor)}`], colours);
    case "shares":
      return words(box, [`÷ ${shortNumber(values(operation.divisors)[0])}`], colours);
    case "words":
      return words(box, operation.lines, colours);
  }
}

/** The one cell that is in focus. */
function marked(
  box: Place,
  size: StageView["output"]["window"],
  partners: Related["output"],
  colours: Colours,
): Mark[] {
  if (partners.length !== 1) return [];
  const [{ place }] = partners;
  const cell = { y: Math.floor(place / size.width), x: place % size.width, height: 1, width: 1 };
  return marker(inside(box, size), size, cell, colours);
}

/** What comes into a rectifier at the cell in focus, in parts of the largest there is. */
function valueAt({ inputs: [input] }: StageView, values: Values, { inputs }: Related): number | undefined {
  const place = inputs[0][0]?.place;
  return place === undefined || input.scale === 0 ? undefined : values(input.buffer)[place] / input.scale;
}

/** So many boxes side by side: one, or up to four in two rows. */
export function quarters(box: Place, many: number): Place[] {
  if (many === 1) return [box];
  const side = (box.width - 10) / 2;
  // Two stand in the middle of the height.
  const top = many === 2 ? box.y + (box.height - side) / 2 : box.y;
  return Array.from({ length: many }, (_, i) => ({
    x: box.x + (i % 2) * (side + 10),
    y: top + Math.floor(i / 2) * (side + 10),
    width: side,
    height: side,
  }));
}

/** Cells that are on, in black; the lines of a pool's windows between them, where there is room. */
function cells(
  box: Place,
  { y, x, height, width }: StageView["output"]["window"],
  on: Uint8Array,
  colours: Colours,
  stride?: readonly [number, number],
): Mark[] {
  const place = inside(box, { height, width });
  const size = place.width / width;
  const marks: Mark[] = [rectangle(place.x, place.y, place.width, place.height, { fill: colours.panel })];
  if (size < 6) {
    const [off, black] = [colours.panel, colours.text].map((colour) => hexColour("still", "cells", colour));
    const data = new Uint8Array(height * width * 3);
    for (let i = 0; i < on.length; i++) data.set(on[i] ? black : off, i * 3);
    marks.push(picture(new Photo(width, height, data, "cells"), place, false));
  } else {
    on.forEach((one, i) => {
      if (!one) return;
      const [row, column] = [Math.floor(i / width), i % width];
      const at = [place.x + (column + 0.18) * size, place.y + (row + 0.18) * size];
      marks.push(rectangle(at[0], at[1], size * 0.64, size * 0.64, { fill: colours.text, radius: 2 }));
    });
    for (let line = 1; line < height; line++) {
      const strong = stride && (y + line) % stride[0] === 0;
      const at = place.y + line * size;
      marks.push(
        polyline(
          [
            [place.x, at],
            [place.x + place.width, at],
          ],
          { stroke: strong ? colours.edge : colours.hairline },
        ),
      );
    }
    for (let line = 1; line < width; line++) {
      const strong = stride && (x + line) % stride[1] === 0;
      const at = place.x + line * size;
      marks.push(
        polyline(
          [
            [at, place.y],
            [at, place.y + place.height],
          ],
          { stroke: strong ? colours.edge : colours.hairline },
        ),
      );
    }
  }
  marks.push(rectangle(place.x, place.y, place.width, place.height, { stroke: colours.edge }));
  return marks;
}

/** What goes out of a rectifier for what comes in. */
function rectifier(box: Place, theme: Theme, value: number | undefined): Mark[] {
  const colours = themes[theme];
  const { x, y, width, height } = box;
  const [middle, ground] = [x + width / 2, y + height * 0.65];
  const small = { size: type.small.size, fill: colours.secondText };
  const [reach, rise] = [width * 0.43, height * 0.42];
  return [
    rectangle(x, y, width, height, { fill: colours.panel, stroke: colours.edge }),
    polyline(
      [
        [x + 16, ground],
        [x + width - 16, ground],
      ],
      { stroke: colours.edge },
    ),
    polyline(
      [
        [middle, y + 16],
        [middle, y + height - 16],
      ],
      { stroke: colours.edge },
    ),
    polyline(
      [
        [middle - reach, ground],
        [middle, ground],
      ],
      { stroke: lines[theme].cut, strokeWidth: 4 },
    ),
    polyline(
      [
        [middle, ground],
        [middle + reach, ground - rise],
      ],
      { stroke: lines[theme].kept, strokeWidth: 4 },
    ),
    text(middle + 8, y + 28, "out", small),
    text(x + width - 16, ground + 18, "in", { ...small, anchor: "end" }),
    text(middle - reach, ground + 18, "below 0 → 0", small),
    ...dot(middle + (value ?? 0) * reach, ground - Math.max(0, value ?? 0) * rise, value, colours),
  ];
}

/** Where the value in focus stands. */
function dot(x: number, y: number, value: number | undefined, colours: Colours): Mark[] {
  if (value === undefined || !Number.isFinite(value)) return [];
  const paint = { fill: colours.brand, stroke: colours.page, strokeWidth: 2, radius: 7 };
  return [rectangle(x - 7, y - 7, 14, 14, paint)];
}

/** The strongest colours of maps. */
const lines = {
  light: { cut: "#083c7c", kept: "#8f0a10" },
  dark: { cut: "#b3dbff", kept: "#ffbd9e" },
};

/** A few words in the middle of a panel. */
function words(box: Place, all: readonly string[], colours: Colours): Mark[] {
  const { size, line } = type.sentence;
  const most = Math.floor(box.height / line) - 1;
  const shown = all.length > most ? [...all.slice(0, most - 1), `and ${all.length - most + 1} more`] : all;
  const top = box.y + (box.height - shown.length * line) / 2;
  return [
    rectangle(box.x, box.y, box.width, box.height, { fill: colours.panel, stroke: colours.edge }),
    ...shown.map((word, i) =>
      text(box.x + box.width / 2, top + i * line + 16, elided(word, box.width - 16, size), {
        ...{ size, anchor: "middle", fill: colours.text },
      }),
    ),
  ];
}
