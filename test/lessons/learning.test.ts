import { expect, test } from "vitest";
import {
  deconvnet,
  FeatureMaps,
  forward,
  fromRows,
  project,
  strongest,
  withRandomWeights,
} from "../../src/index.js";
import { crossEntropy } from "../../src/lessons/cross-entropy.js";
import { differenceQuotient } from "../../src/lessons/difference-quotient.js";
import { learningStep } from "../../src/lessons/learning-step.js";
import { lesson } from "../../src/lessons/lesson.js";
import { withFiltersOf, withRandomFilters } from "../../src/lessons/other-filters.js";
import { sevenPicture, sevenWeights, toyNetwork } from "../../src/lessons/toy-network.js";

const network = toyNetwork(sevenWeights, "softmax");
const picture = fromRows(sevenPicture);

test("scores 5 and 6 are probabilities 1/(1 + e) and e/(1 + e), and the loss is ln(1 + e)", async () => {
  const { probabilities, loss } = await learningStep(network, picture, 0, 0.01);
  expect([...probabilities.data].map((p) => p.toFixed(6))).toEqual(["0.268941", "0.731059"]);
  expect(loss).toBeCloseTo(Math.log(1 + Math.E), 6);
});

test("every weight's and bias's gradient is what the loss changes by, measured", async () => {
  const { gradients } = await learningStep(network, picture, 0, 0.01);
  for (const layer of ["conv1", "conv2"]) {
    const before = network.weights.get(layer)!;
    for (const [part, gradient] of [
      ["filters", gradients.get(layer)!.weights],
      ["bias", gradients.get(layer)!.bias],
    ] as const) {
      for (let i = 0; i < gradient.length; i++) {
        const { quotient } = await differenceQuotient(before[part]!, i, async (values) => {
          const weights = new Map([...network.weights, [layer, { ...before, [part]: values }]]);
          const seen = await forward({ ...network, weights }, picture);
          return crossEntropy(seen.maps("conv2"), 0);
        });
        expect(Math.abs(quotient - gradient[i]), `${layer}.${part}[${i}]`).toBeLessThan(0.01);
      }
    }
  }
});

test("the gradient is not the deconvnet rule's way down: its signs survive the ReLU", async () => {
  const { down } = await learningStep(network, picture, 0, 0.01);
  expect(down.rule).toBe("gradient");
  expect(Math.min(...down.steps.filter(({ kind }) => kind === "rectify")[0].output.maps.data)).toBeLessThan(
    0,
  );
});

test("one step against the gradient makes the right class likelier, and twenty make it sure", async () => {
  const losses: number[] = [];
  let now = network;
  for (let i = 0; i < 20; i++) {
    const step = await learningStep(now, picture, 0, 0.01);
    losses.push(step.loss);
    now = step.network;
  }
  expect(losses).toEqual([...losses].sort((a, b) => b - a));
  expect(losses[1]).toBeLessThan(0.75 * losses[0]);
  expect(losses[19]).toBeLessThan(0.1);
});

test("lesson.learning shows the step's own numbers, and its next numbers are the next step", async () => {
  const first = lesson.learning();
  const model = await first.model();
  expect(model.panels.scores.maps).toEqual([[[5, 6]]]);
  expect(Math.abs(model.quotient.quotient - model.quotient.gradient)).toBeLessThan(0.01);
  expect(model.newLoss).toBeLessThan(model.loss);
  const second = await first.with(model.next).model();
  expect(second.loss).toBeCloseTo(model.newLoss, 5);
  expect(second.panels.conv1.maps).toEqual(model.panels.new1.maps);
});

test("a loss too small for float32 is still a number", () => {
  const scores = new FeatureMaps([1, 1, 2], Float32Array.of(300, 0));
  expect(crossEntropy(scores, 1)).toBe(300);
  expect(crossEntropy(scores, 0)).toBe(0);
});

test("random filters with real switches: maps and switches stay, only the filters differ", async () => {
  const relu = toyNetwork(sevenWeights, "relu");
  const seen = await forward(relu, picture);
  const random = withRandomFilters(seen, { seed: 3 });
  expect(random.network.name).toBe("filters of random two layers, switches of two layers");
  expect(random.switches("pool1")).toBe(seen.switches("pool1"));
  for (const layer of seen.layers) expect(random.maps(layer)).toBe(seen.maps(layer));
  const unit = strongest(seen, "conv2");
  const { steps, pixels } = await project(random, unit);
  // By hand: the same switches, the other network's filters.
  const other = withRandomWeights(relu, { seed: 3 });
  const again = await project(withFiltersOf(seen, other), unit);
  expect(pixels.data).toEqual(again.pixels.data);
  expect(pixels.data).not.toEqual((await project(seen, unit)).pixels.data);
  const unpooled = steps.find(({ kind }) => kind === "unpool")!;
  expect(unpooled.output.maps.data).toEqual(
    deconvnet.unpool(unpooled.input.maps, seen.switches("pool1")).data,
  );
});

test("filters of other layers are refused: switches belong to their own pool", async () => {
  const seen = await forward(toyNetwork(sevenWeights, "relu"), picture);
  expect(() => withFiltersOf(seen, network)).toThrow("a network of the same layers as two layers");
});
