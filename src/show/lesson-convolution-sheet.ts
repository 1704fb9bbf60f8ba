import type { ConvolutionModel } from "../lessons/convolution-model.js";
import {
  between,
  equationParts,
  inside,
  labelHeight,
  labels,
  paddedGrids,
  samePlace,
  within,
} from "./lesson-grids.js";
import {
  arrow,
  cellFor,
  cellWidthFor,
  frame,
  type GridMark,
  grid,
  nameHeight,
  nameOf,
  paragraphs,
  type Sheet,
  type SheetMark,
  type SheetSpace,
  tie,
} from "./lesson-sheet.js";

/** What is looked at: one number of the output, and where one was pointed at, one number of its window. */
export interface ConvolutionChoice {
  readonly filter: number;
  /** Which window, in row-major order. */
  readonly column: number;
  /** Which of the numbers of the window, in the filter's order. */
  readonly row?: number | undefined;
}

/** From the weights' row to the columns, and from the columns down to the product. */
const gap = { across: 34, down: 28 } as const;

/** The product laid out as it is computed: the row left, the columns above, the result where they meet. */
export function convolutionSheet(
  model: ConvolutionModel,
  choice: ConvolutionChoice,
  space: SheetSpace,
): Sheet {
  const { panels, places, sources, state } = model;
  const [length, windows] = [sources.length, places.length];
  const [channels, filters] = [state.input.length, state.kernel.length];
  const [kh, kw] = [state.kernel[0][0].length, state.kernel[0][0][0].length];
  const [oh, ow] = model.windows;
  const filter = within(choice.filter, filters);
  const column = within(choice.column, windows);
  const row = choice.row === undefined ? undefined : within(choice.row, length);

  const { padding } = state;
  const padded = state.input[0][0].length + padding.left + padding.right;
  const leftWidth = (cell: number): number =>
    Math.max(length * cell, channels * (padded * cell + between) - between, channels * (kw * cell + between));
  const all = Object.values(panels);
  const fits = (side: number): boolean => {
    const width = cellWidthFor(all, side, space);
    return leftWidth(width) + gap.across + windows * width <= space.width;
  };
  const cellHeight = cellFor(fits);
  const cellWidth = cellWidthFor(all, cellHeight, space);
  const cells = { cellWidth, cellHeight };
  const left = leftWidth(cellWidth);
  const right = left + gap.across;
  const columnsHeight = length * cellHeight;

  // On the left from above: input, kernel, and the kernel once more as a row.
  const input = paddedGrids(
    panels.input,
    "input",
    padding,
    { x: 0, y: nameHeight, ...cells },
    (map, y, x) => {
      if (row !== undefined && samePlace(sources[row][column], map, y, x)) return "strong";
      if (inside(places[column], y, x)) return "a";
      return model.unread.rows.includes(y) || model.unread.columns.includes(x) ? "quiet" : undefined;
    },
  );
  const kernelTop = nameHeight + input.height + 20;
  const label = panels.kernel.labels.length > 0 ? labelHeight : 0;
  const kernelStep =
    Math.max(
      kw * cellWidth,
      ...panels.kernel.labels.map((words) => Math.ceil(space.measure(words, 13, false))),
    ) + between;
  const kernels = panels.kernel.maps.map((_, i): GridMark => {
    const [f, c] = [Math.floor(i / channels), i % channels];
    const x = c * kernelStep;
    const y = kernelTop + nameHeight + label + f * (kh * cellHeight + 12 + label);
    return grid(panels.kernel, "kernel", i, { x, y, ...cells }, (ky, kx) =>
      f !== filter ? undefined : row === (ky * kw + kx) * channels + c ? "strong" : "a",
    );
  });
  const kernelBottom = kernels[kernels.length - 1].y + kh * cellHeight;
  const productTop = Math.max(kernelBottom + 48, nameHeight + columnsHeight + gap.down);
  const columnsTop = productTop - gap.down - columnsHeight;
  const columns = grid(panels.columns, "columns", 0, { x: right, y: columnsTop, ...cells }, (y, x) =>
    x !== column ? undefined : y === row ? "strong" : "a",
  );
  const weight = grid(
    panels.weight,
    "weight",
    0,
    { x: left - length * cellWidth, y: productTop, ...cells },
    (y, x) => (y !== filter ? undefined : x === row ? "strong" : "a"),
  );
  const product = grid(panels.product, "product", 0, { x: right, y: productTop, ...cells }, (y, x) =>
    y === filter && x === column ? "a" : undefined,
  );
  const productBottom = productTop + filters * cellHeight;
  const productRight = right + windows * cellWidth;

  // The output as maps: on the right of the product where there is room beside the columns, so that all is seen at once;
  // else below it, further left where several maps need the room.
  const outputStep = ow * cellWidth + between;
  const outputWidth = filters * outputStep - between;
  const aside = productRight + 76;
  const outputHeight = nameHeight + (filters > 1 ? labelHeight : 0) + oh * cellHeight;
  const onRight = aside + outputWidth <= space.width && outputHeight <= productBottom;
  const outputLeft = onRight ? aside : Math.max(0, Math.min(right, space.width - outputWidth));
  const nameTop = onRight ? productBottom - outputHeight : productBottom + 38;
  const outputTop = nameTop + outputHeight - oh * cellHeight;
  const outputs = panels.output.maps.map((_, f) =>
    grid(panels.output, "output", f, { x: outputLeft + f * outputStep, y: outputTop, ...cells }, (y, x) =>
      f === filter && y * ow + x === column ? "a" : undefined,
    ),
  );
  const outputBottom = outputTop + oh * cellHeight;

  const words = [
    { text: `${panels.output.name} ${Math.floor(column / ow)}, ${column % ow}`, bold: true },
    ...(filters > 1 ? [{ text: ` (${panels.output.labels[filter]})` }] : []),
    { text: " = " },
    ...equationParts(model.equations[filter][column]),
  ];
  const equation = paragraphs(
    onRight
      ? { x: 0, y: productBottom + 36, width: space.width }
      : outputLeft >= 300
        ? { x: 0, y: productBottom + 36, width: outputLeft - 32 }
        : { x: 0, y: outputBottom + 20, width: space.width },
    [words],
    space,
  );

  const middle = productTop + (filter + 0.5) * cellHeight;
  const over = right + (column + 0.5) * cellWidth;
  const into = Math.min(Math.max(input.middle, columnsTop + 12), columnsTop + columnsHeight - 12);
  const under = (kw * cellWidth) / 2;
  const marks: SheetMark[] = [
    nameOf(0, 0, panels.input.name, panels.input.fact),
    ...input.marks,
    nameOf(0, kernelTop, panels.kernel.name, panels.kernel.fact),
    ...labels(kernels, panels.kernel.labels),
    ...kernels,
    nameOf(right, columnsTop - nameHeight, panels.columns.name, panels.columns.fact),
    columns,
    nameOf(left, productTop - nameHeight, panels.weight.name, panels.weight.fact, "end"),
    weight,
    nameOf(
      right + (onRight ? 0 : outputLeft + 24 - right),
      productBottom + 8,
      panels.product.name,
      panels.product.fact,
    ),
    product,
    nameOf(outputLeft + (onRight ? 0 : 24), nameTop, panels.output.name, panels.output.fact),
    ...labels(outputs, panels.output.labels),
    ...outputs,
    ...arrow([input.right + 12, into], [right - 10, into], "im2col", space),
    ...arrow([under, kernelBottom + 8], [under, productTop - 8], model.labels.asRow ?? "", space),
    ...(onRight
      ? arrow([productRight + 12, middle], [outputLeft - 12, middle], "", space)
      : arrow([outputLeft + 10, productBottom + 8], [outputLeft + 10, nameTop + nameHeight - 6], "", space)),
    tie([left + 6, middle], [right - 6, middle]),
    tie([over, columnsTop + columnsHeight + 5], [over, productTop - 5]),
    ...input.frames(places[column]),
    frame(columns, { y: 0, x: column, height: length, width: 1 }),
    frame(weight, { y: filter, x: 0, height: 1, width: length }),
    frame(product, { y: filter, x: column, height: 1, width: 1 }),
    frame(outputs[filter], { y: Math.floor(column / ow), x: column % ow, height: 1, width: 1 }),
    equation,
  ];
  return {
    width: Math.max(productRight, outputLeft + outputWidth),
    height: Math.max(outputBottom, equation.y + equation.height),
    marks,
  };
}
