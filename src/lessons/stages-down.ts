import type { FeatureMaps } from "../maps.js";
import { filters } from "../network/filters.js";
import { layerNamed } from "../network/graph.js";
import { shapes } from "../network/shapes.js";
import type { Projection, Step } from "../projection.js";
import { im2col } from "./columns.js";
import { numberText, sum, sumOfProducts } from "./equation.js";
import { plain } from "./rows.js";
import { cellNumber, type Stage, stage, wholeSignalMaps } from "./stage.js";
import type { Language } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";

/**
 * The way down of the toy network: the seed, and what each step of the projection gives, as whole maps.
 *
 * @param seed what the seed is called, and what is said of its numbers
 */
export function stagesDown(
  projection: Projection,
  language: Language,
  seed: { readonly name: string; readonly cell: string } = {
    name: textsIn(language).lessons.network.stages.seed,
    cell: textsIn(language).lessons.network.seedCell,
  },
): Stage[] {
  const { steps, seen } = projection;
  const say = textsIn(language).lessons.network;
  const sizes = shapes(seen.network);
  let before = wholeSignalMaps(steps[0].input, sizes.get(steps[0].layer)!);
  const stages = [
    stage("seed", steps[0].layer, before, language, seed.name, (c, y, x) => ({
      words: at(before, c, y, x) === 0 ? say.elsewhere : seed.cell,
      reads: [],
    })),
  ];
  for (const step of steps) {
    const input = layerNamed(seen.network, step.layer).inputs[0];
    const after = wholeSignalMaps(step.output, sizes.get(input)!);
    stages.push(stageOf(step, projection, before, after, input, language));
    before = after;
  }
  return stages;
}

function stageOf(
  step: Step,
  projection: Projection,
  before: FeatureMaps,
  after: FeatureMaps,
  input: string,
  language: Language,
): Stage {
  const { seen, rule } = projection;
  const say = textsIn(language).lessons.network;
  switch (step.kind) {
    case "rectify": {
      const x = seen.maps(step.layer);
      return stage("rectify", input, after, language, say.stages.rectifyDown, (c, row, column) => {
        const [value, out] = [at(before, c, row, column), at(after, c, row, column)];
        return {
          words:
            out === value
              ? say.passed(numberText(value))
              : say.stopped(numberText(value), rule, numberText(at(x, c, row, column))),
          reads: [cellNumber(before.shape, c, row, column)],
        };
      });
    }
    case "unpool": {
      const { positions } = seen.switches(step.layer);
      const channels = before.shape[2];
      return stage("unpool", input, after, language, say.stages.unpool, (c, row, column) => {
        const place = row * after.shape[1] + column;
        const here = Array.from(positions.keys()).filter((i) => i % channels === c && positions[i] === place);
        const reads = here.map((i) => {
          const cell = Math.floor(i / channels);
          return cellNumber(before.shape, c, Math.floor(cell / before.shape[1]), cell % before.shape[1]);
        });
        if (here.length === 0) return { words: say.nothingLands, reads };
        const landed = here.map((i) => plain(before.data[i]));
        return { words: say.unpooled(sum(landed, at(after, c, row, column))), reads };
      });
    }
    case "filter": {
      const bank = filters(seen.network, step.layer);
      // Which window each number of the signal was computed from says where it goes back to.
      const { sources, shape } = im2col(after, bank);
      const [height, width, channels] = after.shape;
      const reached: { weight: number; signal: number; cell: number }[][] = Array.from(
        { length: height * width * channels },
        () => [],
      );
      for (let column = 0; column < shape[1]; column++) {
        for (let row = 0; row < shape[0]; row++) {
          const source = sources[row * shape[1] + column];
          if (source < 0) continue;
          for (let o = 0; o < bank.channels; o++) {
            const y = Math.floor(column / before.shape[1]);
            reached[source].push({
              weight: plain(bank.weights[row * bank.channels + o]),
              signal: plain(before.data[column * bank.channels + o]),
              cell: cellNumber(before.shape, o, y, column % before.shape[1]),
            });
          }
        }
      }
      return stage("filter", input, after, language, say.stages.filterDown, (c, row, column) => {
        const parts = reached[(row * width + column) * channels + c];
        const terms = parts.map(({ weight, signal }) => [signal, weight] as const);
        return {
          words: sumOfProducts(terms, at(after, c, row, column)),
          reads: parts.map(({ cell }) => cell),
        };
      });
    }
    default:
      throw new Error(`the toy network has no step of kind ${step.kind}`);
  }
}

function at(maps: FeatureMaps, c: number, y: number, x: number): number {
  return plain(maps.data[(y * maps.shape[1] + x) * maps.shape[2] + c]);
}
