import { describe, expect, test } from "vitest";
import { convnet, deconvnet, fromRows, type Padding, type Pair, toRows } from "../../src/index.js";
import { readAnswers } from "./answers.js";

/** What ties.py wrote. */
interface Answers {
  readonly pools: readonly {
    readonly name: string;
    readonly pool: { size: Pair; stride: Pair; padding: Padding; rounding: "floor" | "ceil" };
    readonly input: number[][];
    readonly signal: number[][];
    readonly all: number[][];
    readonly first: number[][];
  }[];
}

const { pools } = readAnswers<Answers>("./ties.json");

describe.each(pools)("windows with equal values, $name", ({ pool, ...answers }) => {
  const input = fromRows(answers.input);
  const signal = fromRows(answers.signal);
  const { maps, switches } = convnet.pool(input, pool);

  test("unpool to the first of them as PyTorch's gradient does", () => {
    expect(maps.shape).toEqual(signal.shape);
    expect(toRows(deconvnet.unpool(signal, switches))).toEqual(answers.first);
  });

  test("unpool to all of them as cuda-convnet does when asked for", () => {
    expect(toRows(deconvnet.unpool(signal, switches, { ties: { input, pooling: pool } }))).toEqual(
      answers.all,
    );
  });
});
