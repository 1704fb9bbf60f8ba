import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { convnet, deconvnet, Filters, fromRows, toRows } from "../../src/index.js";
import { exercise, exerciseNames } from "../../src/lessons/exercise.js";
import { definitions } from "../../src/lessons/exercises/definitions.js";
import { lesson } from "../../src/lessons/lesson.js";
import type { ExerciseName } from "../../src/lessons/texts/exercise-texts.js";
import { compiled, spoiled } from "./student.js";
import { wrongAnswers } from "./wrong-answers.js";

afterEach(() => {
  lesson.language = "en";
});

const names = exerciseNames();

function rightAnswer(name: ExerciseName) {
  return compiled(definitions[name].solution, name);
}

describe.each(names)("%s", (name) => {
  test("its own solution passes, in every case and law", () => {
    const result = exercise(name).check(rightAnswer(name));
    expect(result.sentence).toMatch(/^Right in all \d+ cases\./);
    expect([result.passed, result.mistake]).toEqual([true, undefined]);
  });

  test("its solution has the signature that it asks for", () => {
    expect(definitions[name].solution.startsWith(`${definitions[name].signature} {\n`)).toBe(true);
  });

  const wrong = Object.entries(wrongAnswers[name]);

  test("it knows at least six mistakes, and each has a wrong answer here", () => {
    expect(wrong.length).toBeGreaterThanOrEqual(6);
    expect(Object.keys(definitions[name].mistakes).sort()).toEqual(wrong.map(([mistake]) => mistake).sort());
  });

  test.each(wrong)("a student's mistake is told by name: %s", (mistake, answer) => {
    const source = spoiled(definitions[name].solution, answer);
    const student = compiled(source, name, rightAnswer(name));
    for (const language of ["en", "zh"] as const) {
      lesson.language = language;
      const result = exercise(name).check(student);
      expect([result.passed, result.mistake], result.sentence).toEqual([false, mistake]);
      expect(result.sentence).not.toMatch(/undefined(?!\))|\[object|\(\)/);
    }
  });
});

test("a grader, which looks for errors alone, gets one for a wrong answer, and none for a right one", () => {
  const task = exercise("relu");
  const right = task.check(rightAnswer("relu"));
  expect(right.orThrow()).toBe(right);
  const wrong = task.check((x: number[][]) => x.map((row) => row.map(Math.abs)));
  expect(() => wrong.orThrow()).toThrow("check: Negative numbers became positive: they become 0.");
});

test("two windows that share a switch: the sentence says where, and why", () => {
  const student = compiled(spoiled(definitions.unpool.solution, wrongAnswers.unpool.overwritten), "unpool");
  expect(exercise("unpool").check(student).toString()).toBe(
    "✗ Position (0, 2) is only 3: two windows share this switch, so their values add. Yours overwrites the first (=, not +=). This was unpool([[4,3]], [[2,2]], 3, 5).",
  );
});

test("exercises' answers are convnet's and deconvnet's own, over random cases", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), async (seed) => {
      const { Random } = await import("../../src/lessons/numbers.js");
      const random = new Random(seed);
      const bank = (kernel: number[][], stride: number, padding: number) =>
        new Filters({
          size: [kernel.length, kernel[0].length],
          inChannels: 1,
          channels: 1,
          weights: Float32Array.from(kernel.flat()),
          stride,
          padding,
        });
      const rows = (maps: Parameters<typeof toRows>[0]) =>
        toRows(maps).map((row) => row.map((value) => value + 0));

      const [input, kernel, stride, padding] = definitions.convolve.random(random) as [
        number[][],
        number[][],
        number,
        number,
      ];
      const up = await convnet.filter(fromRows(input), bank(kernel, stride, padding));
      expect(definitions.convolve.expected(input, kernel, stride, padding)).toEqual(rows(up));

      const [signal, weights, height, width, step] = definitions.transposeFilter.random(random) as [
        number[][],
        number[][],
        number,
        number,
        number,
      ];
      const down = await deconvnet.filter(fromRows(signal), bank(weights, step, 0), [height, width, 1]);
      expect(definitions.transposeFilter.expected(signal, weights, height, width, step)).toEqual(rows(down));
    }),
    { numRuns: 60 },
  );
});

test("a wrong number that no known mistake explains is explained by what enters, not by what comes out", () => {
  const result = exercise("convolve").check(
    (input: number[][], kernel: number[][], stride: number, padding: number) => {
      const right = definitions.convolve.expected(input, kernel, stride, padding) as number[][];
      return right.map((row) => row.map((value) => value + 100));
    },
  );
  expect(result.mistake).toBeUndefined();
  expect(result.sentence).toBe(
    "Position (0, 0) is 101, which is not right. The window there is [[1,2,0],[0,1,3],[2,0,1]]; times the kernel [[1,0,2],[0,1,0],[-1,0,1]], number by number, and added up. Do it by hand. This was convolve([[1,2,0,1],[0,1,3,2],[2,0,1,1],[1,3,0,2]], [[1,0,2],[0,1,0],[-1,0,1]], 1, 0).",
  );
});

test.each(names)("%s: a wrong answer is never told the right one", (name) => {
  const { expected } = definitions[name];
  const right = new Set<string>();
  const more = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(more) : (value as number) + 100;
  const result = exercise(name).check((...args: never[]) => {
    const wanted = expected(...args);
    if (typeof wanted !== "number") right.add(JSON.stringify(wanted));
    return more(wanted);
  });
  expect(result.passed).toBe(false);
  const written = result.sentence.split(/This was|这是/)[0];
  // What is shown is what entered, which for a flip or a step of one number can be as short as the answer.
  for (const answer of right) if (answer.length > 12) expect(written).not.toContain(answer);
});

test("answers written down for the small cases fail on others, and the sentence says so", () => {
  const { cases, expected } = definitions.flip;
  const known = new Map(cases.map((args) => [JSON.stringify(args), expected(...args)]));
  const result = exercise("flip").check(
    (kernel: number[][]) => known.get(JSON.stringify([kernel])) ?? kernel,
  );
  expect(result.passed).toBe(false);
  expect(result.sentence).toContain("The small cases are right");
});

describe("what is no answer at all is met with a sentence", () => {
  const relu = (student: unknown, options?: { milliseconds: number }) =>
    exercise("relu").check(student as never, options);

  const cases: readonly (readonly [what: string, student: unknown, mistake: string, sentence: RegExp])[] = [
    [
      "not a function",
      3,
      "notFunction",
      /check takes your function itself, such as task\.check\(relu\); it got 3/,
    ],
    [
      "code that throws",
      () => {
        throw new TypeError("x is <b>bad</b>");
      },
      "threw",
      /Your function threw “TypeError: x is <b>bad<\/b>” in relu\(\[\[3,-2,0\],\[-1,5,2\]\]\)/,
    ],
    [
      "throwing something odd",
      () => {
        throw undefined;
      },
      "threw",
      /threw “undefined”/,
    ],
    [
      "endless recursion",
      function again(x: unknown): unknown {
        return again(x);
      },
      "threw",
      /calls itself without end/,
    ],
    [
      "a row that is not there",
      (x: number[][]) => x[x.length][0],
      "threw",
      /reading '0'.*It used something that is not there: often a row outside a matrix/,
    ],
    [
      "one list as every row",
      (x: number[][]) => {
        const rows = new Array(x.length).fill(new Array(x[0].length).fill(0));
        for (let y = 0; y < x.length; y++)
          for (let i = 0; i < x[0].length; i++) rows[y][i] = Math.max(0, x[y][i]);
        return rows;
      },
      "oneRow",
      /All rows of your result are one and the same list/,
    ],
    ["a promise", async (x: unknown) => x, "promise", /returns a promise: leave out “async”/],
    [
      "a promise that fails",
      async () => {
        throw new Error("later");
      },
      "promise",
      /returns a promise/,
    ],
    ["nothing", () => undefined, "nothing", /returns nothing in relu\(.*is a “return” missing\?/],
    ["null", () => null, "nothing", /returns nothing/],
    ["a number", () => 7, "notMatrix", /returns 7; it has to return a matrix/],
    ["text", () => "[[1]]", "notMatrix", /returns \[\[1\]\]; it has to return a matrix/],
    ["a function", () => () => 1, "notMatrix", /returns a function; it has to return a matrix/],
    ["a flat list", () => [1, 2], "flat", /one flat list/],
    ["lists too deep", () => [[[1]]], "deep", /nested too deep/],
    ["ragged rows", () => [[1, 2], [3]], "ragged", /Row 1 of your result has 1 number, and row 0 has 2/],
    [
      "undefined inside",
      () => [[1, undefined]],
      "entry",
      /holds undefined at \(0, 1\), which is not a number/,
    ],
    ["a hole inside", () => [new Array(3)], "entry", /holds undefined at \(0, 0\)/],
    ["text inside", () => [["1"]], "entry", /holds 1 at \(0, 0\), which is not a number/],
    ["a row missing", () => [[1], undefined], "entry", /holds undefined at \(1\)/],
    ["NaN", (x: number[][]) => x.map((row) => row.map(() => Number.NaN)), "nan", /is NaN at \(0, 0\)/],
    ["infinity", (x: number[][]) => x.map((row) => row.map(() => Infinity)), "infinite", /is ∞ at \(0, 0\)/],
    ["an empty matrix", () => [], "shape", /Your result is 0; it has to be 2 × 3/],
    ["another shape", () => [[1]], "shape", /Your result is 1 × 1; it has to be 2 × 3/],
    [
      "a changed argument",
      (x: number[][]) => {
        for (const row of x)
          row.forEach((value, i) => {
            row[i] = Math.max(0, value);
          });
        return x;
      },
      "changesArgument",
      /The numbers are right, but your function changes “x”/,
    ],
    [
      "typed rows",
      (x: number[][]) => x.map((row) => Float32Array.from(row, (value) => Math.max(0, value))),
      "",
      /Right in all/,
    ],
    [
      "a getter that throws",
      () => [
        [0, 0, 0],
        {
          get length() {
            throw new Error("no");
          },
        },
      ],
      "entry",
      /holds/,
    ],
    [
      "a proxy that throws",
      () =>
        new Proxy([], {
          get() {
            throw new Error("no");
          },
        }),
      "threw",
      /threw “Error: no”/,
    ],
  ];

  test.each(cases)("%s", (_, student, mistake, sentence) => {
    const result = relu(student);
    expect(result.sentence).toMatch(sentence);
    expect(result.mistake ?? "").toBe(mistake);
  });

  test.each([
    [
      "while (true)",
      () => {
        while (true);
      },
    ],
    [
      "a catch around it",
      () => {
        for (;;) {
          try {
            while (true);
          } catch {}
        }
      },
    ],
    [
      "inside a callback",
      () =>
        [1].map(() => {
          for (;;);
        }),
    ],
    [
      "an async function before its first await",
      async () => {
        while (true);
      },
    ],
  ])("a loop that never ends is stopped after the limit: %s", (_, student) => {
    const start = performance.now();
    const result = relu(student, { milliseconds: 150 });
    expect(performance.now() - start).toBeLessThan(3000);
    expect(result.mistake).toBe("stopped");
    expect(result.sentence).toMatch(/still running after 0\.15 s and was stopped, in relu\(/);
    // And the next check works.
    expect(relu((x: number[][]) => x.map((row) => row.map((value) => Math.max(0, value)))).passed).toBe(true);
  });

  test("a loop in a later case alone is told with that case", () => {
    const result = relu(
      (x: number[][]) => {
        while (x.length === 1) x[0][0] = 0;
        return x.map((row) => row.map((value) => Math.max(value, 0)));
      },
      { milliseconds: 150 },
    );
    expect(result.sentence).toContain("in relu([[-4]])");
  });

  test("a number is wanted, or a list", () => {
    expect(exercise("outputSize").check(() => "4").sentence).toContain(
      "returns 4; it has to return one number",
    );
    expect(exercise("softmax").check(() => 1).sentence).toContain(
      "returns 1; it has to return a list of numbers",
    );
    expect(exercise("softmax").check(() => [[1]]).sentence).toContain("it has to return a list of numbers");
    expect(exercise("softmax").check((): unknown => ["1"]).sentence).toContain("holds 1 at (0)");
  });
});

describe("an exercise in a notebook", () => {
  const display = async (value: object): Promise<Record<string, string>> =>
    (value as { [key: symbol]: () => Promise<Record<string, string>> })[Symbol.for("Jupyter.display")]();

  test("shows its statement and the function's head", async () => {
    const shown = await display(exercise("unpool"));
    expect(shown["text/markdown"]).toMatch(/^\*\*Unpool\*\*\n\n.*\*\*add\*\*/);
    expect(shown["text/markdown"]).toContain(
      "```ts\nfunction unpool(signal: number[][], switches: number[][], height: number, width: number): number[][] {",
    );
  });

  test("a check's result shows ✓ or ✗, and what a student's code says stays text", async () => {
    const bad = await display(
      exercise("relu").check((): unknown => {
        throw new Error("<img src=x onerror=alert(1)>");
      }),
    );
    expect(bad["text/plain"]).toMatch(/^✗ Your function threw “Error: <img/);
    expect(bad["text/html"]).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(bad["text/html"]).not.toContain("<img");
    const good = await display(exercise("relu").check(rightAnswer("relu")));
    expect(good["text/plain"]).toMatch(
      /^✓ Right in all \d+ cases\. And rectifying twice changes nothing more\.$/,
    );
  });

  test("hints come one by one, and none before it is asked for", () => {
    const task = exercise("unpool");
    expect(String(task.hint())).toBe("**Hint 1 of 3.** Begin with a matrix of zeros, `height` × `width`.");
    expect(String(task.hint())).toContain("**Hint 2 of 3.**");
    expect(String(task.hint())).toContain("**Hint 3 of 3.**");
    expect(String(task.hint())).toContain("last hint");
    expect(String(task.hint(1))).toContain("**Hint 1 of 3.**");
    expect(() => task.hint(0)).toThrow("hint: step is 0, wanted a whole number from 1 to 3");
  });

  test("the solution is shown on demand alone", () => {
    expect(String(exercise("relu").solution())).toContain("Math.max(value, 0)");
    expect(exercise("relu").statement).not.toContain("Math.max");
  });

  test("it speaks Chinese", () => {
    lesson.language = "zh";
    const task = exercise("unpool");
    expect(task.title).toBe("反池化");
    expect(task.check(() => undefined).sentence).toContain("什么也没有返回");
  });

  test("an unknown name lists the right ones, nearest first", () => {
    expect(() => exercise("unpol" as never)).toThrow(
      /^exercise: no exercise "unpol"; known are unpool, pool, /,
    );
    expect(() => exercise("toString" as never)).toThrow("no exercise");
  });

  test("every lesson has two or three exercises or more", () => {
    for (const number of [1, 2, 3, 4, 5, 6]) expect(exerciseNames(number).length).toBeGreaterThanOrEqual(2);
  });

  test("a limit that is none is refused", () => {
    expect(() => exercise("relu").check(() => [], { milliseconds: 0 })).toThrow("check: milliseconds is 0");
  });
});
