import { fromBinary } from "@bufbuild/protobuf";
import { type GraphProto, type ModelProto, ModelProtoSchema } from "onnx-buf";
import { FileError } from "../../errors.js";

/**
 * An ONNX file's bytes as its message. Weights stay views into `bytes`: nothing large is copied.
 *
 * @throws {FileError} `"malformed"` when the bytes are no protobuf, or one without a graph
 */
export function parseModel(path: string, bytes: Uint8Array): ModelProto & { graph: GraphProto } {
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes as Uint8Array<ArrayBuffer>, { readUnknownFields: false });
  } catch (cause) {
    throw new FileError(
      "loadOnnx",
      path,
      "malformed",
      `is no whole ONNX file (${(cause as Error).message}); export or fetch it again`,
      { cause },
    );
  }
  if (model.graph === undefined || model.graph.node.length === 0) {
    throw new FileError("loadOnnx", path, "malformed", "holds no graph; is it an ONNX model?");
  }
  return model as ModelProto & { graph: GraphProto };
}
