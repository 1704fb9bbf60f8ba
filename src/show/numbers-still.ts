import { type FeatureMaps, toRows } from "../maps.js";
import { type Drawing, type Mark, polyline, rectangle, text } from "./drawing.js";
import { several, shortNumber, sides } from "./number.js";
import { headingHeight, named, type Place } from "./panel.js";
import type { StillOptions } from "./still-options.js";
import { type Colours, space, themes, type } from "./theme.js";
import { textWidth } from "./typeface.js";

/** Maps of so few values are shown as numbers: at most 8 × 8, and 128 in all. */
export function showsNumbers(maps: FeatureMaps): boolean {
  const [height, width, channels] = maps.shape;
  return height <= 8 && width <= 8 && height * width * channels <= 128 && height * width > 1;
}

/** Width of a cell in CSS pixels, from the matrices of the lessons; numbers that need more widen all cells. */
const cellSize = 34;

/** Few maps as the numbers themselves, one matrix a map. */
export function numbersDrawing(maps: FeatureMaps, options: StillOptions = {}, noun = "map"): Drawing {
  const { theme = "light", width: page = 1000 } = options;
  const colours = themes[theme];
  const [height, width, channels] = maps.shape;
  const numbers = Array.from({ length: channels }, (_, c) =>
    toRows(maps, c).map((row) => row.map(shortNumber)),
  );
  const widest = Math.max(
    ...numbers.flat(2).map((words) => textWidth(words, type.sentence.size, "semibold")),
  );
  const cell = Math.max(cellSize, Math.ceil(widest) + 14);
  const matrixWidth = width * cell;
  const columnWidth = matrixWidth + 2 * space.panels;
  const rowHeight = height * cellSize + (channels > 1 ? headingHeight : 0) + 2 * space.panels;
  const columns = Math.max(1, Math.min(channels, Math.floor((page - 2 * space.page + 24) / columnWidth)));

  const name = several(channels, noun);
  const top = space.page + headingHeight;
  const marks: Mark[] = named(space.page, space.page, name, sides(height, width), colours);
  numbers.forEach((rows, c) => {
    const x = space.page + (c % columns) * columnWidth;
    let y = top + Math.floor(c / columns) * rowHeight;
    if (channels > 1) {
      marks.push(text(x, y + 13, `${noun} ${c}`, { size: type.small.size, fill: colours.secondText }));
      y += headingHeight;
    }
    marks.push(...matrix({ x, y, width: matrixWidth, height: height * cellSize }, rows, colours));
  });
  const line = textWidth(name, 13, "semibold") + textWidth(sides(height, width), 13) + 12;
  const content = Math.max(columns * columnWidth - 2 * space.panels, line);
  const rowsOfMatrices = Math.ceil(channels / columns);
  return {
    width: Math.ceil(content + 2 * space.page),
    height: Math.ceil(top + rowsOfMatrices * rowHeight - 2 * space.panels + space.page),
    page: colours.page,
    marks,
  };
}

/** Numbers in cells; zeros stand back. */
export function matrix(place: Place, rows: readonly (readonly string[])[], colours: Colours): Mark[] {
  const { x, y, width, height } = place;
  const [down, across] = [height / rows.length, width / rows[0].length];
  const marks: Mark[] = [rectangle(x, y, width, height, { fill: colours.panel })];
  for (let i = 1; i < rows.length; i++)
    marks.push(
      polyline(
        [
          [x, y + i * down],
          [x + width, y + i * down],
        ],
        { stroke: colours.hairline },
      ),
    );
  for (let j = 1; j < rows[0].length; j++)
    marks.push(
      polyline(
        [
          [x + j * across, y],
          [x + j * across, y + height],
        ],
        { stroke: colours.hairline },
      ),
    );
  marks.push(rectangle(x, y, width, height, { stroke: colours.edge, strokeWidth: 1.5 }));
  rows.forEach((row, i) => {
    row.forEach((words, j) => {
      const fill = words === "0" ? colours.secondText : colours.text;
      const style = { size: type.sentence.size, fill, anchor: "middle" } as const;
      marks.push(text(x + (j + 0.5) * across, y + (i + 0.5) * down + 5.5, words, style));
    });
  });
  return marks;
}
