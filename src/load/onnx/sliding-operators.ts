import { ShapeError } from "../../errors.js";
import type { Padding, Pair } from "../../network/layer.js";
import { noPadding } from "../../network/sliding.js";
import { hwioFromOihw } from "../layout.js";
import { samePadding } from "../same-padding.js";
import type { NodeReader } from "./node-reader.js";
import { exactly, type MapsValue, type Value } from "./value.js";

/** Filters are `[outChannels, inChannels / groups, height, width]` in the file. */
export function conv(node: NodeReader): Value {
  const maps = node.maps(0);
  node.needs(maps, "nchw");
  const filters = node.constant(1, "filters");
  const [channels, perGroup, height, width] = filters.shape;
  if (filters.shape.length !== 4)
    node.refuse(`its filters are [${filters.shape}], only two dimensions are known`);
  const groups = node.attributes.integer("group", 1);
  const stated = node.attributes.pair("kernel_shape") ?? [height, width];
  if (stated.join() !== [height, width].join()) {
    throw new ShapeError(node.name, "filters", filters.shape, `[out,in,${stated}] as its kernel_shape says`);
  }
  const [, , inChannels] = node.shape(maps);
  if (perGroup * groups !== inChannels) {
    const wanted = `[out,${inChannels / groups},height,width] for ${inChannels} channels in ${groups} groups`;
    throw new ShapeError(node.name, "filters", filters.shape, wanted);
  }
  const window = slidingWindow(node, maps, [height, width]);
  const bias = node.input(2) && exactly(node.name, "bias", node.constant(2, "bias"), [channels]);
  return node.add({ kind: "convolution", ...window, channels, groups }, [maps], {
    filters: async (work) => hwioFromOihw(await filters.read(work), channels, perGroup, height, width),
    ...(bias ? { bias } : {}),
  });
}

export function maxPool(node: NodeReader): Value {
  const maps = node.maps(0);
  const { dilation, ...window } = poolWindow(node, maps);
  // How the second output counts, which nothing may read.
  node.attributes.integer("storage_order");
  if (dilation.join() !== "1,1") node.refuse(`a dilation of [${dilation}] is not known`);
  return node.add({ kind: "maxPool", ...window }, [maps]);
}

export function averagePool(node: NodeReader): Value {
  const maps = node.maps(0);
  const { dilation, ...window } = poolWindow(node, maps);
  if (dilation.join() !== "1,1") node.refuse(`a dilation of [${dilation}] is not known`);
  const divisor = node.attributes.integer("count_include_pad", 0) === 1 ? "padded" : "inside";
  return node.add({ kind: "averagePool", ...window, divisor }, [maps]);
}

export function globalAveragePool(node: NodeReader): Value {
  node.needs(node.maps(0), "nchw");
  return node.add({ kind: "globalAveragePool" }, [node.maps(0)]);
}

/** The maximum of a whole map: a window as large as the map. */
export function globalMaxPool(node: NodeReader): Value {
  const maps = node.maps(0);
  node.needs(maps, "nchw");
  const [height, width] = node.shape(maps);
  return node.add(
    { kind: "maxPool", size: [height, width], stride: [1, 1], padding: noPadding, rounding: "floor" },
    [maps],
  );
}

/** A mean over both dimensions of the maps, which exporters write for a global average pool. */
export function reduceMean(node: NodeReader): Value {
  const maps = node.maps(0);
  node.needs(maps, "nchw", "nhwc");
  const axes = node.attributes.integers("axes") ?? node.integers(1, "axes") ?? [];
  const places = [...axes].map((axis) => (axis < 0 ? axis + 4 : axis)).sort();
  if (places.join() !== (maps.axes === "nchw" ? "2,3" : "1,2")) {
    node.refuse(`a mean over the axes [${axes}] is not known, only over height and width`);
  }
  node.attributes.integer("noop_with_empty_axes");
  const keeps = node.attributes.integer("keepdims", 1) === 1;
  return node.add({ kind: "globalAveragePool" }, [maps], {}, keeps ? maps.axes : "nc");
}

/** Zeros around the maps, and before and after the channels. */
export async function pad(node: NodeReader): Promise<Value> {
  const maps = node.maps(0);
  node.needs(maps, "nchw", "nhwc");
  const mode = node.attributes.text("mode", "constant");
  if (mode !== "constant") node.refuse(`mode ${JSON.stringify(mode)} is not known, only "constant"`);
  const value = node.attributes.float("value") ?? (await node.number(2, "value")) ?? 0;
  if (value !== 0) node.refuse(`it pads with ${value}, only 0 is known`);
  const stated = node.attributes.integers("pads") ?? node.integers(1, "pads");
  const axes = (node.integers(3, "axes") ?? [0, 1, 2, 3]).map((axis) => (axis < 0 ? axis + 4 : axis));
  if (stated?.length !== 2 * axes.length) node.refuse(`its pads are [${stated}], wanted two for each axis`);
  const along = (axis: number): Pair => {
    const at = axes.indexOf(axis);
    return at < 0 ? [0, 0] : [stated[at], stated[at + axes.length]];
  };
  if (along(0).join() !== "0,0") node.refuse("it pads the batch");
  if (stated.some((cells) => cells < 0))
    node.refuse(`its pads are [${stated}]; it cuts off, which is not known`);
  const [c, y, x] = maps.axes === "nchw" ? [1, 2, 3] : [3, 1, 2];
  const [[top, bottom], [left, right]] = [along(y), along(x)];
  return node.add({ kind: "zeroPad", padding: { top, bottom, left, right }, channels: along(c) }, [maps]);
}

function poolWindow(
  node: NodeReader,
  maps: MapsValue,
): ReturnType<typeof slidingWindow> & { readonly rounding: "floor" | "ceil" } {
  node.needs(maps, "nchw");
  const size = node.attributes.pair("kernel_shape") ?? node.refuse("it has no kernel_shape");
  const rounding = node.attributes.integer("ceil_mode", 0) === 1 ? "ceil" : "floor";
  return { ...slidingWindow(node, maps, size), rounding };
}

/** A window's size, stride, dilation and padding, with the padding that `auto_pad` means for this size of input. */
function slidingWindow(
  node: NodeReader,
  maps: MapsValue,
  size: Pair,
): { readonly size: Pair; readonly stride: Pair; readonly dilation: Pair; readonly padding: Padding } {
  const stride = node.attributes.pair("strides") ?? [1, 1];
  const dilation = node.attributes.pair("dilations") ?? [1, 1];
  const pads = node.attributes.integers("pads") ?? [0, 0, 0, 0];
  if (pads.length !== 4) node.refuse(`its pads are [${pads}], only two dimensions are known`);
  if (pads.some((cells) => cells < 0)) node.refuse(`its pads are [${pads}]; it cuts off, which is not known`);
  if ([...size, ...stride, ...dilation].some((n) => n < 1)) {
    node.refuse(
      `its window is [${size}], its strides [${stride}], its dilations [${dilation}]; all must be at least 1`,
    );
  }
  const auto = node.attributes.text("auto_pad", "NOTSET");
  const [height, width] = node.shape(maps);
  switch (auto) {
    case "NOTSET":
      return {
        size,
        stride,
        dilation,
        padding: { top: pads[0], bottom: pads[2], left: pads[1], right: pads[3] },
      };
    case "VALID":
      return { size, stride, dilation, padding: noPadding };
    case "SAME_UPPER":
    case "SAME_LOWER": {
      const odd = auto === "SAME_UPPER" ? "end" : "start";
      return { size, stride, dilation, padding: samePadding([height, width], size, stride, dilation, odd) };
    }
    default:
      return node.refuse(`auto_pad ${JSON.stringify(auto)} is not known`);
  }
}
