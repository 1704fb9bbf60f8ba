import { filter as filterUp } from "../convnet/filter.js";
import { FeatureMaps, type Shape, type Signal } from "../maps.js";
import { filters } from "../network/filters.js";
import type { Convolution, MaxPool } from "../network/layer.js";
import type { Network } from "../network/network.js";
import type { Seen } from "../seen.js";
import { im2col } from "./columns.js";
import { numberText, sumOfProducts } from "./equation.js";
import type { Panel } from "./model.js";
import { panel } from "./panel.js";
import { plain, rowsOfMaps } from "./rows.js";
import type { Language } from "./texts/lesson-texts.js";
import { textsIn } from "./texts/texts.js";

export type StageKind = "picture" | "filter" | "rectify" | "pool" | "seed" | "unpool";

/** One stage of a whole network, up or down: its maps, and for each cell where its number comes from. */
export interface Stage {
  readonly kind: StageKind;
  /** The layer whose maps these are, on the way down too; `"input"` for the picture. */
  readonly layer: string;
  /** What happens, in words. */
  readonly name: string;
  readonly panel: Panel;
  /** For each cell, by map, row and column: how its number comes about. */
  readonly words: readonly (readonly (readonly string[])[])[];
  /**
   * For each cell, numbered `(map · height + y) · width + x`: the cells of the stage before that it comes from, numbered
   * the same way. Empty for the first stage.
   */
  readonly reads: readonly (readonly number[])[];
}

/** A stage's maps with the words and cells that belong to each of their numbers. */
export function stage(
  kind: StageKind,
  layer: string,
  maps: FeatureMaps,
  language: Language,
  name: string,
  cell: (map: number, y: number, x: number) => { readonly words: string; readonly reads: readonly number[] },
): Stage {
  const rows = rowsOfMaps(maps);
  const cells = rows.map((map, c) => map.map((row, y) => row.map((_, x) => cell(c, y, x))));
  const say = textsIn(language).lessons;
  return {
    kind,
    layer,
    name,
    panel: panel(layer === "input" ? say.panels.picture : layer, rows, {
      labels: rows.map((_, c) => say.map(c)),
      editable: kind === "picture",
    }),
    words: cells.map((map) => map.map((row) => row.map(({ words }) => words))),
    reads: cells.flat(2).map(({ reads }) => reads),
  };
}

/** A cell's number among all of its stage, and back. */
export function cellNumber([height, width]: Shape, map: number, y: number, x: number): number {
  return (map * height + y) * width + x;
}

/** The way up of the toy network, every stage before and after its ReLU. */
export async function stagesUp(seen: Seen, language: Language): Promise<Stage[]> {
  const say = textsIn(language).lessons.network;
  const stages: Stage[] = [
    stage("picture", "input", seen.input, language, say.stages.picture, () => ({ words: "", reads: [] })),
  ];
  for (const layer of seen.network.layers) {
    const from = layer.inputs[0];
    if (layer.kind === "convolution") {
      const input = seen.maps(from);
      // A layer's name means its rectified maps: what went into the ReLU is computed again, by the same word.
      const output = await filterUp(input, filters(seen.network, layer.name));
      stages.push(filterStage(seen.network, layer, input, output, language));
    } else if (layer.kind === "relu") {
      const before = await filterUp(seen.maps(layerBelow(seen.network, from)), filters(seen.network, from));
      stages.push(
        stage("rectify", layer.name, seen.maps(layer.name), language, say.stages.rectify, (c, y, x) => {
          const i = (y * before.shape[1] + x) * before.shape[2] + c;
          return {
            words: say.rectified(
              numberText(plain(before.data[i])),
              numberText(Math.max(0, plain(before.data[i]))),
            ),
            reads: [cellNumber(before.shape, c, y, x)],
          };
        }),
      );
    } else if (layer.kind === "maxPool") stages.push(poolStage(seen, layer, language));
  }
  return stages;
}

function layerBelow(network: Network, name: string): string {
  return network.layers.find((layer) => layer.name === name)!.inputs[0];
}

function filterStage(
  network: Network,
  layer: Convolution,
  input: FeatureMaps,
  output: FeatureMaps,
  language: Language,
): Stage {
  const bank = filters(network, layer.name);
  const columns = im2col(input, bank);
  const [rows, windows] = columns.shape;
  const channels = input.shape[2];
  return stage(
    "filter",
    layer.name,
    output,
    language,
    textsIn(language).lessons.network.stages.filter,
    (o, y, x) => {
      const column = y * output.shape[1] + x;
      const at = Array.from({ length: rows }, (_, row) => row * windows + column);
      const value = output.data[column * bank.channels + o];
      const terms = at.map(
        (i, row) => [plain(bank.weights[row * bank.channels + o]), plain(columns.data[i])] as const,
      );
      return {
        words: sumOfProducts(terms, plain(value), plain(bank.bias?.[o] ?? 0)),
        reads: at.map((i) => numberOf(columns.sources[i], input.shape, channels)),
      };
    },
  );
}

/** A cell's number from its index in maps' data. */
function numberOf(index: number, shape: Shape, channels: number): number {
  const cell = Math.floor(index / channels);
  return cellNumber(shape, index % channels, Math.floor(cell / shape[1]), cell % shape[1]);
}

/** An index of maps' data from a cell's number. */
function indexOf(cell: number, [height, width, channels]: Shape): number {
  return (cell % (height * width)) * channels + Math.floor(cell / (height * width));
}

function poolStage(seen: Seen, layer: MaxPool, language: Language): Stage {
  const say = textsIn(language).lessons.network;
  const pooled = seen.maps(layer.name);
  const { positions, inputShape } = seen.switches(layer.name);
  return stage("pool", layer.name, pooled, language, say.stages.pool, (c, y, x) => {
    const i = (y * pooled.shape[1] + x) * pooled.shape[2] + c;
    const row = Math.floor(positions[i] / inputShape[1]);
    const column = positions[i] % inputShape[1];
    const reads: number[] = [];
    for (let dy = 0; dy < layer.size[0]; dy++) {
      for (let dx = 0; dx < layer.size[1]; dx++) {
        reads.push(cellNumber(inputShape, c, y * layer.stride[0] + dy, x * layer.stride[1] + dx));
      }
    }
    const input = seen.maps(layer.inputs[0]);
    const ties = reads.filter((cell) => input.data[indexOf(cell, input.shape)] === pooled.data[i]);
    const words = ties.length > 1 ? say.pooledTie : say.pooled;
    return { words: words(numberText(plain(pooled.data[i])), `${row}, ${column}`), reads };
  });
}

/** A signal with the zeros around its window. */
export function wholeSignalMaps({ window, maps }: Signal, shape: Shape): FeatureMaps {
  const out = new FeatureMaps(shape);
  const run = window.width * shape[2];
  for (let y = 0; y < window.height; y++) {
    const to = ((window.y + y) * shape[1] + window.x) * shape[2];
    out.data.set(maps.data.subarray(y * run, (y + 1) * run), to);
  }
  return out;
}
