import { count, shortNumber } from "../../src/show/number.js";
import type { Side } from "../../src/show/step-through-state.js";
import type { Related } from "../../src/show/stepper-related.js";
import { element } from "../theme/element.js";
import { Board, type Shown } from "./board.js";
import { drawRectifier } from "./rectifier.js";
import type { Stage } from "./session.js";

/** What a middle panel tells of: a cell of one of the sides that it lies over. */
export interface OperationEvents {
  readonly hover: (side: Side, place: number | undefined) => void;
  readonly click: (side: Side, place: number) => void;
}

/** The middle of a stage: what was done to the signal. */
export interface OperationPanel {
  readonly elements: readonly HTMLElement[];
  /** Marks what belongs to the cell in focus. */
  mark(found: Related): void;
  repaint(): void;
  dispose(): void;
}

/** Makes the panel of a stage's operation: boards where it works cell by cell, words where words say it better. */
export function operationPanel(
  root: HTMLElement,
  stage: Stage,
  events: OperationEvents,
  signal: AbortSignal,
): OperationPanel {
  const { view, values } = stage;
  const { operation } = view;
  switch (operation.kind) {
    case "switches": {
      const { height, width, y, x } = view.output.window;
      const on = new Uint8Array(height * width);
      if (view.links.how === "lists") for (const place of view.links.places) on[place] = 1;
      const windows = {
        every: operation.stride,
        from: [operation.start[0] - y, operation.start[1] - x],
      } as const;
      const shown = { kind: "cells", rows: height, columns: width, on, windows } as const;
      const label = `Switches of map ${view.map}: ${count(on.reduce((a, b) => a + b, 0))} of ${count(on.length)} places`;
      return oneBoard(root, shown, label, "output", events, signal);
    }
    case "rectify": {
      if (operation.up === undefined) return rectifierPanel(root, stage);
      const { height, width } = view.inputs[0].window;
      const up = values(operation.up);
      const on = new Uint8Array(height * width);
      up.forEach((value, i) => {
        on[i] = value > 0 ? 1 : 0;
      });
      const label = `Where map ${view.map} was above zero on the way up: ${count(on.reduce((a, b) => a + b, 0))} of ${count(up.length)} cells`;
      return oneBoard(
        root,
        { kind: "cells", rows: height, columns: width, on },
        label,
        "input",
        events,
        signal,
      );
    }
    case "kernels":
      return kernelsPanel(root, stage, signal);
    case "weights": {
      const { height, width } = view.inputs[0].window;
      const shown: Shown = {
        kind: "values",
        rows: height,
        columns: width,
        values: values(operation.buffer),
        scale: operation.scale,
      };
      const label = `Weights that lead to map ${view.map}`;
      return oneBoard(root, shown, label, "input", events, signal, shown.values.length);
    }
    case "plus":
      return inWords(
        ["+"],
        operation.from.map((name) => `from ${name}`),
      );
    case "branch":
      return inWords(
        [],
        operation.to.map((name) => `→ ${name}`),
      );
    case "split":
      return inWords(
        [],
        operation.parts.map(
          ({ to, first, count: maps }) => `maps ${count(first)}–${count(first + maps - 1)} → ${to}`,
        ),
        operation.chosen,
      );
    case "factor":
      return inWords([`× ${shortNumber(operation.factor)}`], []);
    case "shares":
      return inWords([`÷ ${shortNumber(values(operation.divisors)[0])}`], []);
    case "words":
      return inWords([], operation.lines);
  }
}

function oneBoard(
  root: HTMLElement,
  shown: Shown,
  label: string,
  side: Side,
  events: OperationEvents,
  signal: AbortSignal,
  all: number = shown.rows * shown.columns,
): OperationPanel {
  const board = new Board(
    root,
    "stepper-operation-board",
    { hover: (place) => events.hover(side, place), click: (place) => events.click(side, place) },
    signal,
  );
  board.show(shown, label);
  return {
    elements: [board.element],
    mark: (found) => {
      const places = (side === "output" ? found.output : found.inputs[0]).map(({ place }) => place);
      board.mark(places.length && places.length < all ? [{ places, strong: true }] : []);
    },
    repaint: () => board.repaint(),
    dispose: () => board.dispose(),
  };
}

/** One kernel a picture that comes in; the weights that lead to the cell in focus are framed. */
function kernelsPanel(root: HTMLElement, { view, values }: Stage, signal: AbortSignal): OperationPanel {
  const { operation } = view;
  if (operation.kind !== "kernels") throw new TypeError(`a ${operation.kind} has no kernels`);
  const [rows, columns] = operation.size;
  const boards = operation.kernels.map((buffer, i) => {
    const board = new Board(
      root,
      "stepper-operation-board",
      { hover: () => undefined, click: () => undefined },
      signal,
    );
    board.show(
      { kind: "values", rows, columns, values: values(buffer), scale: operation.scale },
      `Kernel from map ${view.inputs[i].map} to map ${view.map}, flipped`,
    );
    return board;
  });
  return {
    elements: boards.map((board) => board.element),
    mark: ({ focus, inputs, output }) => {
      boards.forEach((board, i) => {
        const cells = focus.side === "output" ? inputs[i] : inputs[i].length ? output : [];
        // Flipped both ways, the first tap is the last cell.
        const places = cells.flatMap(({ tap }) => (tap === undefined ? [] : [rows * columns - 1 - tap]));
        board.mark(places.length && places.length < rows * columns ? [{ places, strong: false }] : []);
      });
    },
    repaint: () => {
      for (const board of boards) board.repaint();
    },
    dispose: () => {
      for (const board of boards) board.dispose();
    },
  };
}

function rectifierPanel(root: HTMLElement, { view, values }: Stage): OperationPanel {
  const canvas = element("canvas", {
    class: "board",
    testid: "stepper-operation-board",
    role: "img",
    "aria-label": "What goes out for what comes in: nothing below zero, everything above",
  });
  const [input] = view.inputs;
  let value: number | undefined;
  const draw = (): void => drawRectifier(canvas, root, value, input.scale);
  const size = new ResizeObserver(draw);
  size.observe(canvas);
  return {
    elements: [canvas],
    mark: ({ inputs }) => {
      const place = inputs[0][0]?.place;
      value = place === undefined ? undefined : values(input.buffer)[place];
      draw();
    },
    repaint: draw,
    dispose: () => {
      size.disconnect();
      canvas.remove();
    },
  };
}

/** A sign in large letters, and lines below it. */
function inWords(large: readonly string[], lines: readonly string[], chosen?: number): OperationPanel {
  const most = 9;
  const shown =
    lines.length > most ? [...lines.slice(0, most - 1), `and ${lines.length - most + 1} more`] : lines;
  const panel = element(
    "div",
    { class: "in-words", testid: "stepper-operation-words" },
    ...large.map((text) => element("p", { class: "large", text })),
    ...shown.map((text, i) => element("p", { class: i === chosen ? "chosen" : "", text, title: text })),
  );
  return { elements: [panel], mark: () => {}, repaint: () => {}, dispose: () => panel.remove() };
}
