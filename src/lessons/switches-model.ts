import type { Pooling } from "../convnet/pool.js";
import { type Unpooling, unpool } from "../deconvnet/unpool.js";
import { numberText, sum } from "./equation.js";
import { formulasOf } from "./formulas.js";
import type { Cell, LessonModel, Panel } from "./model.js";
import { panel } from "./panel.js";
import { mapsOfRows, type Rows, rowsOfMaps } from "./rows.js";
import { type PoolWindow, type SharedSwitch, switchFacts } from "./switch-facts.js";
import type { SwitchesState } from "./switches-state.js";
import { textsIn } from "./texts/texts.js";

/** How a value comes back down: the three that are in use. */
export type Unpooled = "add" | "overwrite" | "allTies";

/** Lesson 3, pooling and its switches: every number of its pictures. */
export interface SwitchesModel extends LessonModel {
  readonly lesson: "switches";
  readonly state: SwitchesState;
  readonly panels: {
    readonly input: Panel;
    readonly pooled: Panel;
    /** For each pooled cell the position `y · width + x` of its maximum. */
    readonly switches: Panel;
    readonly signal: Panel;
    /** `deconvnet.unpool` as it is: shared switches add. */
    readonly add: Panel;
    /** The later window is kept. */
    readonly overwrite: Panel;
    /** Every equal maximum gets the value; what meets adds. */
    readonly allTies: Panel;
  };
  readonly windows: readonly WindowDown[];
  readonly shared: readonly SharedSwitch[];
  /** Input cells that are nobody's switch. */
  readonly lost: readonly Cell[];
  /** Below each of the three: what happened, and who does it so. */
  readonly results: Readonly<Record<Unpooled, { readonly words: string; readonly source: string }>>;
  /** `4 + 3 = 7` for each cell of `add`, by row and column; empty where nothing lands. */
  readonly sums: readonly (readonly string[])[];
  /** Below the pool: what A and B share, and their ties. */
  readonly poolWords: { readonly shared: string; readonly ties: string };
}

/** A window, and what comes down through it. */
export interface WindowDown extends PoolWindow {
  readonly signal: number;
  /** Whether its value is still there when shared switches overwrite each other. */
  readonly kept: boolean;
}

/** Computes lesson 3 by `convnet.pool` and `deconvnet.unpool`. */
export function switchesModel(state: SwitchesState): SwitchesModel {
  const say = textsIn(state.language).lessons;
  const input = mapsOfRows([state.input]);
  const signal = mapsOfRows([state.signal]);
  const pooling: Pooling = state;
  const facts = switchFacts(input, pooling);
  const down = (options: Unpooling): Rows => rowsOfMaps(unpool(signal, facts.switches, options))[0];
  const results = {
    add: down({}),
    overwrite: down({ duplicates: "overwrite" }),
    allTies: down({ ties: { input, pooling } }),
  };
  const windows = facts.windows.map((window, i): WindowDown => {
    const later = facts.windows.slice(i + 1).some((other) => same(other.switch, window.switch));
    return { ...window, signal: state.signal[window.cell.y][window.cell.x], kept: !later };
  });
  const sums = results.add.map((row, y) =>
    row.map((value, x) => {
      const here = windows.filter((window) => same(window.switch, { y, x }));
      return here.length === 0
        ? ""
        : sum(
            here.map((window) => window.signal),
            value,
          );
    }),
  );
  const place = ({ y, x }: Cell): string => `${y}, ${x}`;
  const tied = windows.filter(({ ties }) => ties.length > 1);
  const first = facts.shared[0];
  const loser = first && windows.filter((window) => same(window.switch, first) && !window.kept);
  const slides = { size: state.size, stride: state.stride } as const;
  const poolWords = {
    shared:
      facts.shared.length === 0
        ? say.switches.noneShared
        : say.sentences(facts.shared.map((one) => say.switches.share(say.list(one.windows), place(one)))),
    ties: say.sentences(
      tied.map((window) => {
        const others = window.ties.filter((cell) => !same(cell, window.switch)).map(place);
        return say.switches.tie(window.name, numberText(window.maximum), say.list(others));
      }),
    ),
  };
  return {
    lesson: "switches",
    title: say.titles.switches,
    state,
    panels: {
      input: panel(say.panels.input, [state.input], { editable: true }),
      pooled: panel(say.panels.pooled, rowsOfMaps(facts.pooled)),
      switches: panel(say.panels.switches, [positions(facts.switches)]),
      signal: panel(say.panels.signal, [state.signal], { editable: true }),
      add: panel(say.panels.add, [results.add]),
      overwrite: panel(say.panels.overwrite, [results.overwrite]),
      allTies: panel(say.panels.allTies, [results.allTies]),
    },
    windows,
    shared: facts.shared,
    lost: facts.lost,
    sums,
    poolWords,
    results: {
      add: {
        words: first ? say.switches.added(sums[first.y][first.x]) : say.switches.noneShared,
        source: say.switches.sources.add,
      },
      overwrite: {
        words: first
          ? say.switches.overwritten(
              numberText(results.overwrite[first.y][first.x]),
              say.list(loser.map((window) => numberText(window.signal))),
            )
          : say.switches.asAdd,
        source: say.switches.sources.overwrite,
      },
      allTies: {
        words:
          tied.length > 0
            ? say.sentences(
                tied.map((window) =>
                  say.switches.tied(
                    numberText(window.signal),
                    say.list(window.ties.filter((cell) => !same(cell, window.switch)).map(place)),
                  ),
                ),
              )
            : say.switches.asFirst,
        source: say.switches.sources.allTies,
      },
    },
    sentence: say.sentences([
      say.switches.windowSlides(slides),
      poolWords.shared,
      say.switches.lost(facts.lost.length, input.data.length),
      say.switches.whyAdd,
    ]),
    formulas: formulasOf(state.language, ["pool", "unpool"]),
    labels: say.labels,
  };
}

function positions({
  shape: [height, width],
  positions,
}: {
  readonly shape: readonly number[];
  readonly positions: Int32Array;
}): number[][] {
  return Array.from({ length: height }, (_, y) => [...positions.subarray(y * width, (y + 1) * width)]);
}

function same(a: Cell, b: Cell): boolean {
  return a.y === b.y && a.x === b.x;
}
