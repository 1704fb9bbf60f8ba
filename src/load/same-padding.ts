import type { Padding, Pair } from "../network/layer.js";

/**
 * The padding that `"same"` means for one size of input: as many outputs as strides fit into it. Where an odd number
 * of cells is needed, the odd one goes to the end (TensorFlow, ONNX's SAME_UPPER) or to the start (SAME_LOWER).
 *
 * @param input height and width of what comes in
 */
export function samePadding(
  input: Pair,
  size: Pair,
  stride: Pair,
  dilation: Pair = [1, 1],
  odd: "end" | "start" = "end",
): Padding {
  const [vertical, horizontal] = [0, 1].map((axis) => {
    const reach = (size[axis] - 1) * dilation[axis] + 1;
    const places = Math.ceil(input[axis] / stride[axis]);
    const total = Math.max((places - 1) * stride[axis] + reach - input[axis], 0);
    const less = Math.floor(total / 2);
    return odd === "end" ? [less, total - less] : [total - less, less];
  });
  return { top: vertical[0], bottom: vertical[1], left: horizontal[0], right: horizontal[1] };
}
