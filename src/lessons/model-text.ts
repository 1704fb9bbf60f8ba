import { numberText } from "./equation.js";
import type { LessonModel, Panel } from "./model.js";
import type { Rows } from "./rows.js";

/** A lesson's model as plain text. */
export function modelText(model: LessonModel): string {
  const panels = Object.values(model.panels).map(panelText);
  return [model.title, ...panels, model.sentence].join("\n\n");
}

function panelText({ name, fact, maps, labels }: Panel): string {
  const matrices = maps.map((rows, i) =>
    labels[i] ? `${labels[i]}\n${matrixText(rows)}` : matrixText(rows),
  );
  return [`${name} ${fact}`, ...matrices].join("\n");
}

/** Numbers in columns, right-aligned. */
export function matrixText(rows: Rows): string {
  const cells = rows.map((row) => row.map(numberText));
  const width = Math.max(...cells.flat().map((cell) => cell.length));
  return cells.map((row) => row.map((cell) => cell.padStart(width)).join(" ")).join("\n");
}
