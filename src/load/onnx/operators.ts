import * as arithmetic from "./arithmetic-operators.js";
import type { NodeReader } from "./node-reader.js";
import * as plain from "./plain-operators.js";
import * as reshaping from "./reshaping-operators.js";
import * as shapes from "./shape-operators.js";
import * as sliding from "./sliding-operators.js";
import type { Value } from "./value.js";

/** Reads one node: checks all that it says and returns what its first output is. */
export type Operator = (node: NodeReader) => Value | Promise<Value>;

/** Every operator that is known, by ONNX's name for it. */
export const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["Add", arithmetic.add],
  ["AveragePool", sliding.averagePool],
  ["BatchNormalization", arithmetic.batchNormalization],
  ["Cast", plain.cast],
  ["Clip", plain.clip],
  ["Concat", plain.concat],
  ["Constant", plain.constant],
  ["ConstantOfShape", plain.constantOfShape],
  ["Conv", sliding.conv],
  ["Div", arithmetic.div],
  ["Dropout", plain.dropout],
  ["Flatten", reshaping.flatten],
  ["Gather", shapes.gather],
  ["Gemm", arithmetic.gemm],
  ["GlobalAveragePool", sliding.globalAveragePool],
  ["GlobalMaxPool", sliding.globalMaxPool],
  ["Identity", plain.identity],
  ["LRN", plain.lrn],
  ["MatMul", arithmetic.matMul],
  ["MaxPool", sliding.maxPool],
  ["Mul", arithmetic.mul],
  ["Pad", sliding.pad],
  ["ReduceMean", sliding.reduceMean],
  ["Relu", plain.relu],
  ["Reshape", reshaping.reshape],
  ["Shape", shapes.shape],
  ["Slice", shapes.slice],
  ["Softmax", plain.softmax],
  ["Squeeze", reshaping.squeeze],
  ["Sub", arithmetic.sub],
  ["Sum", arithmetic.sum],
  ["Transpose", reshaping.transpose],
  ["Unsqueeze", reshaping.unsqueeze],
]);
