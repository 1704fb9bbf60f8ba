import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lesson } from "../../src/lessons/lesson.js";
import { LessonError } from "../../src/lessons/lesson-error.js";

/** What each illegal call is told. */
const refusals: readonly (readonly [what: string, call: () => unknown, sentence: string])[] = [
  [
    "stride 0",
    () => lesson.convolution(undefined, undefined, { stride: 0 }),
    "stride is 0: a window has to move on, by a whole number from 1 to 9",
  ],
  [
    "stride 1.5",
    () => lesson.convolution(undefined, undefined, { stride: 1.5 }),
    "stride is 1.5: a window has to move on, by a whole number from 1 to 9",
  ],
  [
    "stride as text",
    () => lesson.convolution(undefined, undefined, { stride: "2" as never }),
    'stride is "2": a window has to move on, by a whole number from 1 to 9',
  ],
  [
    "padding −1",
    () => lesson.convolution(undefined, undefined, { padding: -1 }),
    "padding is −1: it is a whole number from 0 to 2 with a 3 × 3 window, which else could lie in padding alone",
  ],
  [
    "padding 3",
    () => lesson.convolution(undefined, undefined, { padding: 3 }),
    "padding is 3: it is a whole number from 0 to 2 with a 3 × 3 window, which else could lie in padding alone",
  ],
  [
    "a kernel that does not fit",
    () =>
      lesson.convolution([
        [1, 2],
        [3, 4],
      ]),
    "a 3 × 3 window does not fit into 2 × 2 with padding 0: make it smaller, or the input or padding greater",
  ],
  [
    "no matrix",
    () => lesson.convolution([] as never),
    "Input is not a matrix: write rows of numbers, such as [[1, 2], [3, 4]]",
  ],
  [
    "a list of numbers",
    () => lesson.convolution([1, 2] as never),
    "Input is not a matrix: write rows of numbers, such as [[1, 2], [3, 4]]",
  ],
  [
    "a ragged matrix",
    () => lesson.convolution([[1, 2], [3]]),
    "Input: row 1 has 1 number and row 0 has 2; give every row as many",
  ],
  [
    "a hole",
    () =>
      lesson.convolution([
        [1, 2],
        [3, undefined],
      ] as never),
    "Input: row 1, column 1 is undefined; it takes a number",
  ],
  ["NaN", () => lesson.convolution([[Number.NaN]]), "Input: row 0, column 0 is NaN; it takes a number"],
  [
    "markup",
    () => lesson.convolution([["<b>1</b>"]] as never),
    'Input: row 0, column 0 is "<b>1</b>"; it takes a number',
  ],
  [
    "a million",
    () => lesson.convolution([[1e6]]),
    "Input: row 0, column 0 is 1000000; numbers go from −999 to 999 here",
  ],
  [
    "ten columns",
    () => lesson.convolution([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]),
    "Input is 1 × 10; at most 9 × 9 can be shown",
  ],
  [
    "other channels",
    () => lesson.convolution([[1]], [[[1]], [[2]]]),
    "the kernel reads 2 channels and the input has 1; give one matrix a channel",
  ],
  [
    "an unknown option",
    () => lesson.convolution(undefined, undefined, { strid: 2 } as never),
    "there is nothing called strid here; there is input, kernel, bias, signal, stride, padding, cell, inputSize, kernelSize, channels, filters, language",
  ],
  [
    "a signal that does not fit",
    () => lesson.convolution(undefined, undefined, { signal: [[1]] }),
    "the signal is 1 × 1; the output is 2 × 2, and so has to be what comes down",
  ],
  [
    "a pool that does not fit",
    () => lesson.switches([[1, 2]], { size: 3 }),
    "a 3 × 3 window does not fit into 1 × 2 with padding 0: make it smaller, or the input or padding greater",
  ],
  [
    "an unknown rounding",
    () => lesson.switches(undefined, { rounding: "up" as never }),
    'rounding is "up": it is one of floor, ceil',
  ],
  ["two sizes", () => lesson.rectify([[1, 2]], [[1]]), "Signal is 1 × 1, and has to be 1 × 2"],
  ["a small picture", () => lesson.network([[1]]), "Picture is 1 × 1, and has to be 7 × 7"],
  [
    "an unknown rule",
    () => lesson.network(undefined, { rule: "guided backprop" as never }),
    'rule is "guided backprop": it is one of deconvnet, gradient, guided',
  ],
  [
    "a unit outside",
    () => lesson.network(undefined, { unit: { layer: "conv2", map: 2, y: 0, x: 0 } }),
    "map is 2: it is a whole number from 0 to 1",
  ],
  [
    "one filter",
    () => lesson.network(undefined, { conv1: { filters: [[[[1]]]], bias: [0] } }),
    "conv1: Kernel: got 1, and it takes 2",
  ],
  [
    "rate 0",
    () => lesson.learning(undefined, { rate: 0 }),
    "the rate is 0: it is a number above 0, at most 10",
  ],
];

test.each(refusals)("%s is refused in words", (_, call, sentence) => {
  let error: unknown;
  try {
    call();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(LessonError);
  expect((error as LessonError).sentence).toBe(sentence);
  expect((error as LessonError).message).toMatch(/^lesson\.\w+: /);
});

describe("a change that is refused", () => {
  test("leaves the last good state, and the next change works", async () => {
    const good = lesson.convolution();
    expect(() => good.with({ stride: 0 })).toThrow("stride is 0");
    expect((await good.model()).panels.output.maps[0]).toEqual([
      [1, 8],
      [5, 5],
    ]);
    expect((await good.with({ stride: 2 }).model()).panels.output.maps[0]).toEqual([[1]]);
  });

  test("speaks the lesson's language", () => {
    lesson.language = "zh";
    const chinese = lesson.convolution();
    lesson.language = "en";
    expect(() => chinese.with({ stride: 0 })).toThrow("步幅是 0：窗口必须往前走，步幅要是 1 到 9 的整数");
  });
});

describe("a change that fits", () => {
  test("takes the signal along when the output's size changes", () => {
    const start = lesson.transpose();
    const { signal } = start.with({ inputSize: [5, 4] }).state;
    expect(signal[0].slice(0, 2)).toEqual(start.state.signal[0]);
    expect(signal[0].length).toBe(3);
  });

  test("keeps the numbers that still have a place when a size or the channels change", () => {
    const { input, kernel } = lesson.convolution().with({ inputSize: [5, 5], channels: 2, filters: 2 }).state;
    expect(input.length).toBe(2);
    expect([kernel.length, kernel[0].length]).toEqual([2, 2]);
    expect(input[0].slice(0, 4).map((row) => row.slice(0, 4))).toEqual(lesson.convolution().state.input[0]);
  });

  test("does not touch what it was given", () => {
    const mine = [
      [1, 2],
      [3, 4],
    ];
    const { state } = lesson.convolution(mine, [[1]]);
    mine[0][0] = 99;
    expect(state.input[0][0][0]).toBe(1);
  });
});

test("an unknown language is refused", () => {
  expect(() => {
    lesson.language = "de" as never;
  }).toThrow('lesson.language: no language "de"; known are en, zh');
});

test("whatever a browser sends is refused in words, or gives a state with a model", async () => {
  const names = ["convolution", "transpose", "switches", "rectify", "network", "learning"] as const;
  const keys = [
    "input",
    "kernel",
    "bias",
    "signal",
    "stride",
    "padding",
    "cell",
    "inputSize",
    "kernelSize",
    "channels",
    "filters",
    "size",
    "rounding",
    "forward",
    "picture",
    "conv1",
    "conv2",
    "unit",
    "rule",
    "duplicates",
    "ties",
    "label",
    "rate",
    "weight",
  ];
  const number = fc.oneof(fc.integer({ min: -2, max: 4 }), fc.double(), fc.constantFrom(null, "1", 1e9, -0));
  const matrix = fc.array(fc.array(number, { maxLength: 3 }), { maxLength: 3 });
  const value = fc.oneof(
    number,
    matrix,
    fc.array(matrix, { maxLength: 2 }),
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      "guided",
      "floor",
      "first",
      "smallest",
      [2, 2],
      { map: 0, y: 0, x: 0 },
      { layer: "conv1", map: 1, y: 2, x: 3 },
    ),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 2 }),
      async (name, change) => {
        const start = lesson[name]();
        let next: typeof start;
        try {
          next = start.with(change as never) as typeof start;
        } catch (error) {
          expect(error, String(error)).toBeInstanceOf(LessonError);
          return;
        }
        const model = await next.model();
        expect(JSON.stringify(model)).not.toMatch(/undefined|NaN|\[object/);
      },
    ),
    { numRuns: 600 },
  );
});
