import { describe, expect, test } from "vitest";
import { convnet, deconvnet, forward, fromRows, project, toRows } from "../../src/index.js";
import { type Lessons, lesson } from "../../src/lessons/lesson.js";
import { filtersOfKernels, mapsOfRows, rowsOfMaps } from "../../src/lessons/rows.js";
import { toyNetwork } from "../../src/lessons/toy-network.js";

describe("lesson.convolution", () => {
  test("the first picture is the one on the board: 8 = 1·2 + 2·1 + 1·3 − 1·0 + 1·1", async () => {
    const { panels, equations, places, sources, windows } = await lesson.convolution().model();
    expect(panels.output.maps).toEqual([
      [
        [1, 8],
        [5, 5],
      ],
    ]);
    expect(panels.product.maps).toEqual([[[1, 8, 5, 5]]]);
    expect(panels.weight.maps).toEqual([[[1, 0, 2, 0, 1, 0, -1, 0, 1]]]);
    expect(panels.columns.maps[0].map((row) => row[1])).toEqual([2, 0, 1, 1, 3, 2, 0, 1, 1]);
    expect([panels.columns.fact, panels.input.editable, panels.columns.editable]).toEqual([
      "9 × 4",
      true,
      false,
    ]);
    expect(equations[0][1]).toBe("1·2 + 2·1 + 1·3 − 1·0 + 1·1 = 8");
    expect(places[1]).toEqual({ y: 0, x: 1, height: 3, width: 3 });
    expect(sources[8][1]).toEqual({ map: 0, y: 2, x: 3 });
    expect(windows).toEqual([2, 2]);
  });

  test("two channels and two filters: rows of Columns go through channels first, and the bias comes last", async () => {
    const one = [
      [1, 2],
      [3, 4],
    ];
    const { panels, equations } = await lesson
      .convolution(
        [
          one,
          [
            [10, 20],
            [30, 40],
          ],
        ],
        [
          [[[1]], [[2]]],
          [[[0]], [[-1]]],
        ],
        { bias: [0, 5] },
      )
      .model();
    expect(panels.columns.maps[0]).toEqual([
      [1, 2, 3, 4],
      [10, 20, 30, 40],
    ]);
    expect(panels.weight.maps[0]).toEqual([
      [1, 2],
      [0, -1],
    ]);
    expect(panels.output.maps).toEqual([
      [
        [21, 42],
        [63, 84],
      ],
      [
        [-5, -15],
        [-25, -35],
      ],
    ]);
    expect(equations[1][0]).toBe("−1·10 + 5 = −5");
    expect(panels.kernel.labels[3]).toBe("filter 1, channel 1");
  });

  test("padding is nowhere in the input, and rows that a stride leaves out are named", async () => {
    const padded = await lesson.convolution(undefined, undefined, { padding: 1 }).model();
    expect(padded.sources[0][0]).toBeNull();
    expect(padded.places[0]).toEqual({ y: -1, x: -1, height: 3, width: 3 });
    const strided = await lesson.convolution(undefined, undefined, { stride: 2 }).model();
    expect(strided.unread).toEqual({ rows: [3], columns: [3] });
    expect(strided.sentence).toContain("No window reads row 3.");
  });
});

describe("lesson.transpose", () => {
  test("the first picture is the one on the board: cell 1, 1 = 2 + 0 + 0 + 1 = 3", async () => {
    const { panels, sums, terms, quotient, columnWords } = await lesson.transpose().model();
    expect(panels.signalBelow.maps[0]).toEqual([
      [2, 3, 4, 6],
      [0, 3, 3, 2],
      [-2, -3, 3, 3],
      [0, -1, 0, 1],
    ]);
    expect(sums[0][1][1]).toBe("2 + 0 + 0 + 1 = 3");
    expect(terms[0][1][1].map(({ row, column }) => [row, column])).toEqual([
      [4, 0],
      [3, 1],
      [1, 2],
      [0, 3],
    ]);
    expect([quotient.quotient, quotient.gradient]).toEqual([3, 3]);
    expect(columnWords[1]).toBe("Column 1 = Weightᵀ · 3. col2im adds it to its window.");
    expect(panels.flipped.maps[0]).toEqual([
      [1, 0, -1],
      [0, 1, 0],
      [2, 0, 1],
    ]);
  });

  test("every way down gives the same numbers, with stride, padding, channels and filters", async () => {
    const start = lesson.transpose(undefined, undefined, {
      input: [
        [
          [1, 2, 0, 1, 4],
          [0, 1, 3, 2, 1],
          [2, 0, 1, 1, 0],
        ],
      ],
    });
    const shown = start
      .with({ channels: 2, filters: 3, kernelSize: [2, 3] })
      .with({ stride: [1, 2], padding: 1 });
    const { panels, terms, quotient } = await shown.model();
    expect(panels.painted.maps).toEqual(panels.signalBelow.maps);
    expect(
      terms.map((rows) =>
        rows.map((row) => row.map((cell) => cell.reduce((all, { value }) => all + value, 0))),
      ),
    ).toEqual(panels.signalBelow.maps);
    const { state } = shown;
    const down = await deconvnet.filter(
      mapsOfRows(state.signal),
      filtersOfKernels(state.kernel, state),
      [3, 5, 2],
    );
    expect(panels.signalBelow.maps).toEqual(rowsOfMaps(down));
    expect(quotient.quotient).toBe(quotient.gradient);
  });

  test("a signal alone gets the smallest input that makes its size; a greater one keeps rows that were never read", async () => {
    const small = lesson.transpose([[1, 2]], [[1, -1]]);
    expect((await small.model()).panels.signalBelow.maps).toEqual([[[1, 1, -2]]]);
    expect(() => lesson.transpose([[1, 2]], [[1, -1]], { stride: [1, 2], inputSize: [2, 5] })).toThrow(
      "the signal is 1 × 2; the output is 2 × 2, and so has to be what comes down",
    );
    const lost = await lesson.transpose([[1, 2]], [[1, -1]], { stride: [1, 2], inputSize: [1, 5] }).model();
    expect(lost.panels.signalBelow.maps).toEqual([[[1, -1, 2, -2, 0]]]);
    expect(lost.unread.columns).toEqual([4]);
  });
});

describe("lesson.switches", () => {
  test("the first picture is the one on the board: A and B share 0, 2", async () => {
    const { panels, windows, shared, results, poolWords, sums, lost } = await lesson.switches().model();
    expect(panels.pooled.maps).toEqual([[[9, 9]]]);
    expect(panels.switches.maps).toEqual([[[2, 2]]]);
    expect(shared).toEqual([{ y: 0, x: 2, windows: ["A", "B"] }]);
    expect([panels.add, panels.overwrite, panels.allTies].map(({ maps }) => maps[0][0])).toEqual([
      [0, 0, 7, 0, 0],
      [0, 0, 3, 0, 0],
      [0, 0, 7, 0, 3],
    ]);
    expect(windows.map(({ kept }) => kept)).toEqual([false, true]);
    expect(windows[1].ties).toEqual([
      { y: 0, x: 2 },
      { y: 0, x: 4 },
    ]);
    expect(Object.values(results).map(({ words }) => words)).toEqual([
      "4 + 3 = 7",
      "3, and the 4 is lost",
      "3 again at 0, 4.",
    ]);
    expect(poolWords).toEqual({ shared: "A and B share 0, 2.", ties: "B has the same 9 again at 0, 4." });
    expect([sums[0][2], sums[0][0], lost.length]).toEqual(["4 + 3 = 7", "", 14]);
  });

  test("windows that do not overlap share nothing, and all three ways say so", async () => {
    const { results, shared } = await lesson
      .switches(
        [
          [1, 2],
          [3, 4],
        ],
        { size: 1, stride: 1 },
      )
      .model();
    expect(shared).toEqual([]);
    expect(results.overwrite.words).toBe("The same as add: no position is shared.");
    expect(results.allTies.words).toBe("The same as add: no window has its maximum twice.");
  });

  test("padding is never a maximum, and a window over the edge covers only cells", async () => {
    const { panels, windows } = await lesson
      .switches(
        [
          [-1, -2],
          [-3, -4],
        ],
        { size: 2, stride: 2, padding: 1 },
      )
      .model();
    expect(panels.pooled.maps).toEqual([
      [
        [-1, -2],
        [-3, -4],
      ],
    ]);
    expect(windows[3].window).toEqual({ y: 1, x: 1, height: 1, width: 1 });
  });
});

describe("lesson.rectify", () => {
  test("one ReLU by three rules, and where they differ", async () => {
    const { panels, cells, differ } = await lesson.rectify().model();
    expect(panels.deconvnet.maps[0]).toEqual([
      [2, 4, 3],
      [0, 0, 0],
    ]);
    expect(panels.gradient.maps[0]).toEqual([
      [2, 0, 0],
      [0, -1, 0],
    ]);
    expect(panels.guided.maps[0]).toEqual([
      [2, 0, 0],
      [0, 0, 0],
    ]);
    expect(differ).toEqual([
      { y: 0, x: 1 },
      { y: 0, x: 2 },
      { y: 1, x: 1 },
    ]);
    expect(cells[0][1]).toMatchObject({ deconvnet: true, gradient: false, guided: false });
  });
});

describe("lesson.network", () => {
  test("every number of the first picture is a small whole number", async () => {
    const { up, down } = await lesson.network().model();
    const numbers = [...up, ...down].flatMap(({ panel }) => panel.maps.flat(2));
    expect(numbers.filter((value) => !Number.isInteger(value) || Math.abs(value) > 10)).toEqual([]);
  });

  test("up and down are what forward and project give, by every rule", async () => {
    for (const rule of deconvnet.rules) {
      const shown = lesson.network(undefined, { rule });
      const { up, down, panels, unit } = await shown.model();
      const seen = await forward(toyNetwork(shown.state, "relu"), fromRows(shown.state.picture));
      expect(up.map(({ layer }) => layer)).toEqual(["input", "conv1", "relu1", "pool1", "conv2", "relu2"]);
      expect(up[3].panel.maps).toEqual(rowsOfMaps(seen.maps("pool1")));
      expect(toRows(convnet.rectify(fromRows(up[1].panel.maps[1])))).toEqual(up[2].panel.maps[1]);
      const { pixels, steps } = await project(seen, { layer: "conv2", map: 0, y: 0, x: 0 }, { rule });
      expect(panels.pixels.maps).toEqual(rowsOfMaps(pixels));
      expect(down.map(({ kind }) => kind)).toEqual(["seed", ...steps.map(({ kind }) => kind)]);
      expect(down[down.length - 1].panel.maps).toEqual(panels.pixels.maps);
      expect(unit).toMatchObject({ value: 5, stage: 5, cell: 0 });
    }
  });

  test("the three rules give three pictures, and overwriting a fourth", async () => {
    const pictures = await Promise.all(
      [{ rule: "deconvnet" }, { rule: "gradient" }, { rule: "guided" }, { duplicates: "overwrite" }].map(
        async (options) =>
          JSON.stringify((await lesson.network(undefined, options as object).model()).panels.pixels.maps),
      ),
    );
    expect(new Set(pictures).size).toBe(4);
  });

  test("each number's words end in the number, and name the cells it comes from", async () => {
    const { up, down } = await lesson.network().model();
    expect(up[1].words[0][0][0]).toBe("−1·0 − 1·0 − 1·0 + 1·0 + 1·3 + 1·1 − 3 = 1");
    expect(up[1].reads[0]).toEqual([0, 1, 2, 7, 8, 9, 14, 15, 16]);
    // Window 1, 0 of map 0 is all zero: its switch is its first cell.
    expect(up[3].words[0][1][0]).toBe(
      "the maximum 0 is there several times; the first, at 2, 0, is its switch",
    );
    // Map 1: windows 0, 1 and 1, 1 share 2, 3.
    const unpooled = down.find(({ kind }) => kind === "unpool")!;
    expect(unpooled.words[1][2][3]).toBe("lands at its switch: −5 + 10 = 5");
    expect(unpooled.reads[25 + 2 * 5 + 3]).toEqual([5, 7]);
    for (const { panel, words } of [...up.slice(1), ...down.slice(1)]) {
      panel.maps.forEach((rows, c) => {
        rows.forEach((row, y) => {
          row.forEach((value, x) => {
            if (value !== 0) expect(words[c][y][x]).toContain(String(value).replace("-", "−"));
          });
        });
      });
    }
  });

  test("a unit that did not fire is said to be silent, and a unit of conv1 goes down from there", async () => {
    const silent = await lesson.network(undefined, { unit: { layer: "conv1", map: 0, y: 4, x: 4 } }).model();
    expect(silent.sentence).toContain("did not fire");
    expect(silent.down.map(({ kind }) => kind)).toEqual(["seed", "rectify", "filter"]);
  });
});

describe("every lesson", () => {
  const names = ["convolution", "transpose", "switches", "rectify", "network", "learning"] as const;

  test.each(names)(
    "%s is plain data in both languages, and shows itself as words and a picture",
    async (name) => {
      for (const language of ["en", "zh"] as const) {
        lesson.language = language;
        try {
          const shown = lesson[name]();
          const model = await shown.model();
          expect(JSON.parse(JSON.stringify(model))).toEqual(model);
          expect(model.title).toMatch(language === "zh" ? /[\u4e00-\u9fff]/ : /^[A-Z][^\u4e00-\u9fff]+$/);
          const bundle = await bundleOf(shown);
          expect(bundle["text/plain"]).toContain(model.sentence);
          expect(bundle["image/png"]).toMatch(/^iVBOR/);
          expect(JSON.stringify(model)).not.toMatch(/undefined|NaN|\[object/);
        } finally {
          lesson.language = "en";
        }
      }
    },
  );

  test.each(names)(
    "%s with other numbers keeps its sizes, and is recomputed in well under 50 ms",
    async (name) => {
      const first = lesson[name]();
      await first.model();
      const times: number[] = [];
      for (let seed = 1; seed <= 9; seed++) {
        const other = first.newNumbers(seed);
        const start = performance.now();
        const model = await other.model();
        times.push(performance.now() - start);
        expect(Object.values(model.panels).map(({ fact }) => fact)).toEqual(
          Object.values((await first.model()).panels).map(({ fact }) => fact),
        );
      }
      // The fastest: what else the machine does in the meantime is not the lesson's.
      expect(Math.min(...times)).toBeLessThan(25);
    },
  );
});

function bundleOf(shown: ReturnType<Lessons["network"]> | object): Promise<Record<string, string>> {
  const key = Symbol.for("Jupyter.display");
  return (shown as { [key: symbol]: () => Promise<Record<string, string>> })[key]();
}
