import * as filters from "./filter-types.js";
import type { LayerReader } from "./layer-reader.js";
import * as plain from "./plain-types.js";
import * as pools from "./pool-types.js";

/** Every layer type that is known, by Keras's name for it: checks all that it says and adds its layers. */
export const layerTypes: ReadonlyMap<string, (layer: LayerReader) => void> = new Map<
  string,
  (layer: LayerReader) => void
>([
  ["Activation", plain.activation],
  ["Add", (layer) => layer.add({ kind: "add" })],
  ["AveragePooling2D", pools.averagePooling],
  ["BatchNormalization", plain.batchNormalization],
  ["Concatenate", plain.concatenate],
  ["Conv2D", filters.convolution],
  ["Dense", filters.dense],
  ["DepthwiseConv2D", filters.depthwiseConvolution],
  ["Dropout", plain.dropout],
  ["Flatten", plain.flatten],
  ["GlobalAveragePooling2D", pools.globalAveragePooling],
  ["MaxPooling2D", pools.maxPooling],
  ["ReLU", plain.relu],
  ["Rescaling", plain.rescaling],
  ["Reshape", plain.reshape],
  ["SeparableConv2D", filters.separableConvolution],
  ["Softmax", plain.softmax],
  ["SpatialDropout2D", plain.dropout],
  ["ZeroPadding2D", pools.zeroPadding],
]);
