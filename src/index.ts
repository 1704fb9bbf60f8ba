/**
 * See what a convolutional network sees: Zeiler & Fergus's deconvnet, one stage at a time.
 *
 * In reading order: a picture and a network go in, `forward` goes up, `strongest` turns, `project` goes down.
 *
 * @module deconvnet
 */

export * as convnet from "./convnet/index.js";
export * as deconvnet from "./deconvnet/index.js";
export type { StepKind } from "./deconvnet/layer.js";
export type { Rule } from "./deconvnet/rectify.js";
export type { Duplicates, Ties } from "./deconvnet/unpool.js";
export { useEngine } from "./engine/engine.js";
// What goes wrong, and how it is computed
export * from "./errors.js";
// Up: what it sees
export { type ForwardOptions, forward } from "./forward.js";
// What it looks like
export { type Atlas, type AtlasCell, type AtlasOptions, atlas } from "./image/atlas.js";
export { type Fit, type Fitted, fitPhoto } from "./image/fit.js";
export type { MapColouring, Theme } from "./image/map-colours.js";
export { mapPicture } from "./image/map-picture.js";
export { patch } from "./image/patch.js";
export { Photo } from "./image/photo.js";
export { preprocess, toPixels } from "./image/preprocess.js";
export { type Preprocessing, preprocessings } from "./image/preprocessing.js";
export {
  type ProjectionPictureOptions,
  pictureScale,
  projectionPicture,
  type ScaleOptions,
} from "./image/projection-picture.js";
// A picture
export { type ReadOptions, readImage } from "./image/read.js";
// Lessons: small numbers by the same code, and exercises
export { exercise } from "./lessons/exercise.js";
export * as lessons from "./lessons/index.js";
export { lesson } from "./lessons/lesson.js";
export { loadDlib } from "./load/dlib/load-dlib.js";
export { hed } from "./load/hed.js";
export { loadKeras } from "./load/keras/load-keras.js";
export { type LoadKerasWeightsOptions, loadKerasWeights } from "./load/keras/load-keras-weights.js";
export { loadOnnx } from "./load/onnx/load-onnx.js";
export type { LoadOptions } from "./load/options.js";
export { resnet34 } from "./load/resnet34.js";
export { loadLayersModel } from "./load/tfjs/load-layers-model.js";
// A network
export { vgg16 } from "./load/vgg16.js";
// The same, by hand: three words up, three words down
export {
  at,
  FeatureMaps,
  fromRows,
  type Shape,
  type Signal,
  type Switches,
  toRows,
  type Window,
} from "./maps.js";
export { checkNetwork } from "./network/check.js";
export { type VggOptions, vgg16Definition, vgg19Definition } from "./network/definitions/vgg.js";
export { krizhevsky, type PaperNetworkOptions, zfnet } from "./network/definitions/zfnet.js";
export { type FilterBank, Filters, filters } from "./network/filters.js";
export type * from "./network/layer.js";
export type { Network, NetworkInput } from "./network/network.js";
export { type ParameterShapes, parameterCount, parameterShapes } from "./network/parameters.js";
export { withRandomWeights } from "./network/random-weights.js";
export { type ReceptiveField, receptiveField, receptiveWindow } from "./network/receptive-field.js";
export { shapes } from "./network/shapes.js";
// Down: what made it fire
export { type ProjectOptions, project } from "./project.js";
export { Projection, type Step } from "./projection.js";
export type { Seed, WholeSeed } from "./seed.js";
export type { Seen } from "./seen.js";
// Turn: which unit
export { type FoundUnit, strongest, strongestUnits, type Unit } from "./select.js";
export {
  type CompareOptions,
  type Comparison,
  compare,
  type Drawable,
  type Explorer,
  type ExplorerChange,
  type ExplorerEvents,
  type ExplorerSettings,
  explore,
  type PinnedCell,
  type Side,
  type StepChoice,
  type StepEvents,
  type StepThrough,
  type Still,
  type StillOptions,
  save,
  stepThrough,
  still,
  type UnitChoice,
} from "./show/index.js";
export type { LiveLesson } from "./show/lesson-live.js";
export type { LiveView } from "./show/live-view.js";
export type { MimeBundle, Shown } from "./shown.js";
export type { Work } from "./work.js";
