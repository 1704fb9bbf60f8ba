import type { MatrixState } from "../../src/lessons/matrix-state.js";
import type { LessonModel } from "../../src/lessons/model.js";
import type { Control } from "./controls.js";

/** The settings of the first two lessons. Sizes change in both directions at once; numbers of one row stay one row. */
export function matrixControls(model: LessonModel & { readonly state: MatrixState }): readonly Control[] {
  const { state, labels, panels } = model;
  const size = [state.input[0].length, state.input[0][0].length] as const;
  const window = [state.kernel[0][0].length, state.kernel[0][0][0].length] as const;
  const number = (
    name: string,
    label: string,
    value: number,
    change: (value: number) => object,
  ): Control => ({
    kind: "number",
    name,
    label,
    value,
    change,
  });
  const input = (panels.input ?? panels.signalBelow)?.name ?? labels.size;
  const kernel = panels.kernel?.name ?? labels.size;
  return [
    number("stride", labels.stride, state.stride[0], (stride) => ({ stride })),
    number("padding", labels.padding, state.padding.top, (padding) => ({ padding })),
    number("inputSize", `${input}: ${labels.size}`, size[1], (value) => ({ inputSize: grown(size, value) })),
    number("kernelSize", `${kernel}: ${labels.size}`, window[1], (value) => ({
      kernelSize: grown(window, value),
    })),
    number("channels", labels.channels, state.input.length, (channels) => ({ channels })),
    number("filters", labels.filters, state.kernel.length, (filters) => ({ filters })),
  ];
}

/** Both sides by as much as the width; a single row stays one. */
function grown([height, width]: readonly [number, number], to: number): readonly [number, number] {
  return height === 1 && width > 1 ? [1, to] : [height + to - width, to];
}
