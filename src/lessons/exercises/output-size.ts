import { places } from "../../network/sliding.js";
import type { Definition } from "./definition.js";

type Args = readonly [input: number, kernel: number, stride: number, padding: number];

/** How many places a window takes along one side. */
export const outputSize: Definition<"outputSize", Args, number> = {
  name: "outputSize",
  lesson: 1,
  signature: "function outputSize(input: number, kernel: number, stride: number, padding: number): number",
  cases: [
    [4, 3, 1, 0],
    [5, 3, 2, 0],
    [4, 3, 1, 1],
    [6, 3, 2, 0],
    [7, 2, 3, 1],
    [224, 7, 2, 1],
  ],
  random: (random) => {
    const kernel = random.whole(1, 5);
    return [kernel + random.whole(0, 20), kernel, random.whole(1, 4), random.whole(0, kernel - 1)];
  },
  expected: (input, size, stride, padding) =>
    places(input, { size, stride, before: padding, after: padding, dilation: 1, rounding: "floor" }),
  mistakes: {
    noPlusOne: (input, kernel, stride, padding) => Math.floor((input + 2 * padding - kernel) / stride),
    strideIgnored: (input, kernel, _, padding) => input + 2 * padding - kernel + 1,
    paddingOnce: (input, kernel, stride, padding) => Math.floor((input + padding - kernel) / stride) + 1,
    paddingIgnored: (input, kernel, stride) => Math.floor((input - kernel) / stride) + 1,
    roundedUp: (input, kernel, stride, padding) => Math.ceil((input + 2 * padding - kernel) / stride) + 1,
    notRounded: (input, kernel, stride, padding) => (input + 2 * padding - kernel) / stride + 1,
    plusOneInside: (input, kernel, stride, padding) =>
      Math.floor((input + 2 * padding - kernel + 1) / stride),
    kernelForgotten: (input, _, stride, padding) => Math.floor((input + 2 * padding) / stride),
  },
  facts: ([input, kernel, stride, padding]) => ({
    input: String(input),
    kernel: String(kernel),
    stride: String(stride),
    padded: String(input + 2 * padding),
  }),
  solution: `function outputSize(input: number, kernel: number, stride: number, padding: number): number {
  return Math.floor((input + 2 * padding - kernel) / stride) + 1;
}`,
};
