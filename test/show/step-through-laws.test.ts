import fc from "fast-check";
import { expect, test } from "vitest";
import { forward, project, type Rule, strongest } from "../../src/index.js";
import type { Answer } from "../../src/show/answer-requests.js";
import type { Picture, StageView } from "../../src/show/step-through-state.js";
import { cellAt, type PackedLinks, partners, unpackLinks } from "../../src/show/stepper-links.js";
import { answerStage } from "../../src/show/stepper-requests.js";
import { Stages } from "../../src/show/stepper-stages.js";
import { networks } from "../laws/networks.js";

/** A stage as a browser has it: what is plain as JSON, and numbers from bytes. */
function received({ body, buffers = [] }: Answer): {
  view: StageView;
  values: (buffer: number) => Float32Array;
} {
  const plain = JSON.parse(JSON.stringify(body)) as StageView & { links: PackedLinks };
  const bytes = (buffer: number): ArrayBuffer => {
    const view = buffers[buffer] as Float32Array;
    return Uint8Array.from(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)).buffer;
  };
  const links = unpackLinks(plain.links, (buffer) => new Int32Array(bytes(buffer)));
  return { view: { ...plain, links }, values: (buffer) => new Float32Array(bytes(buffer)) };
}

/** What comes out of one stage for one map, worked out from nothing but what its views show. */
function again(stages: Stages, step: number, map: number): { got: Float32Array; wanted: Float32Array } {
  const first = received(answerStage(stages, { step, map }, {}));
  const { output, operation } = first.view;
  const wanted = first.values(output.buffer);
  const got = new Float32Array(wanted.length);
  const sorted = operation.kind === "kernels" || operation.kind === "plus" ? operation.sorted : undefined;
  const all = sorted?.all ?? 1;
  for (let from = 0; from < all; ) {
    // Pages of one cell's order, so that every map is met once.
    const cell = { side: "output", ...cellAt(output, 0) };
    const { view, values } = received(answerStage(stages, { step, map, cell, first: from }, {}));
    for (const [i, input] of view.inputs.entries()) add(view, input, i, values, got);
    from += view.inputs.length;
  }
  return { got, wanted };
}

function add(
  view: StageView,
  input: Picture,
  i: number,
  values: (buffer: number) => Float32Array,
  got: Float32Array,
): void {
  const { operation, links, output } = view;
  const numbers = values(input.buffer);
  for (let place = 0; place < output.count; place++) {
    // Of layers with one place all maps are shown; the one that was asked for is worked out.
    if (operation.kind === "weights" && place !== view.map) continue;
    for (const { place: from, tap = 0 } of partners(links, "output", output, input, place)) {
      const value = numbers[from];
      switch (operation.kind) {
        case "kernels": {
          const kernel = values(operation.kernels[i]);
          got[place] += value * kernel[kernel.length - 1 - tap];
          break;
        }
        case "weights":
          got[place] += value * values(operation.buffer)[from];
          break;
        case "shares":
          got[place] += value / values(operation.divisors)[from];
          break;
        case "factor":
          got[place] += value * operation.factor;
          break;
        case "rectify": {
          const up = operation.up === undefined ? 1 : values(operation.up)[from];
          got[place] += up > 0 && (operation.rule === "gradient" || value > 0) ? value : 0;
          break;
        }
        default:
          got[place] += value;
      }
    }
  }
}

test("what every stage shows is all that it takes to work out what goes out of it", async () => {
  const kinds = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      networks(),
      fc.constantFrom<Rule>("deconvnet", "gradient", "guided"),
      fc.constantFrom("first" as const, "all" as const),
      fc.integer({ min: 0, max: 99 }),
      async ({ network, input }, rule, ties, draw) => {
        const seen = await forward(network, input);
        const projection = await project(seen, strongest(seen, seen.layers[seen.layers.length - 1]), {
          rule,
          ties,
        });
        const stages = new Stages(projection, 1);
        for (const [step, { kind }] of projection.steps.entries()) {
          kinds.add(kind);
          const { got, wanted } = again(stages, step, draw % stages.mapsOf(step));
          const scale = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
          wanted.forEach((value, i) => {
            expect(Math.abs(got[i] - value) / scale, `step ${step} ${kind}, cell ${i}`).toBeLessThan(1e-4);
          });
        }
      },
    ),
    { numRuns: Number(process.env.LAWS_RUNS ?? 30) },
  );
  const met = ["unpool", "rectify", "filter", "sum", "spread", "scale", "branch", "split", "crop"];
  expect([...kinds].sort()).toEqual(met.sort());
});
