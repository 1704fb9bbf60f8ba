/**
 * What the lessons are made of, for notebooks that go further than `lesson` and `exercise`: the matrices of a convolution,
 * what a pool's switches do, one step of learning, and the types of everything that a lesson shows.
 *
 * @module lessons
 */

export { CheckResult } from "./check-result.js";
export { type Columns, col2im, im2col } from "./columns.js";
export type { ConvolutionModel } from "./convolution-model.js";
export { crossEntropy, scoreGradient } from "./cross-entropy.js";
export { type DifferenceQuotient, differenceQuotient } from "./difference-quotient.js";
export { Exercise, exerciseNames } from "./exercise.js";
export { type FilterGradient, filterGradient } from "./filter-gradient.js";
export type { Geometry } from "./geometry.js";
export type {
  LearningChange,
  LearningModel,
  LearningOptions,
  LearningState,
  WeightPlace,
} from "./learning-model.js";
export { type LearningStep, learningStep } from "./learning-step.js";
export type {
  ConvolutionLesson,
  LearningLesson,
  Lessons,
  NetworkLesson,
  RectifyLesson,
  SwitchesLesson,
  TransposeLesson,
} from "./lesson.js";
export { LessonError } from "./lesson-error.js";
export type { Lesson } from "./lesson-view.js";
export { type Matrix, mapsAsRows, matrixProduct, transposed, weightMatrix } from "./matrix.js";
export type { MatrixChange, MatrixOptions, MatrixState } from "./matrix-state.js";
export type { Cell, Formula, LessonModel, Panel, Place } from "./model.js";
export type { NetworkModel } from "./network-model.js";
export type { NetworkChange, NetworkOptions, NetworkState } from "./network-state.js";
export type { Note } from "./note.js";
export { withFiltersOf, withRandomFilters } from "./other-filters.js";
export type { RectifyChange, RectifyModel, RectifyState } from "./rectify-model.js";
export type { Kernels, Rows } from "./rows.js";
export type { Stage, StageKind } from "./stage.js";
export { type PoolWindow, type SharedSwitch, type SwitchFacts, switchFacts } from "./switch-facts.js";
export type { SwitchesModel, Unpooled, WindowDown } from "./switches-model.js";
export type { SwitchesChange, SwitchesOptions, SwitchesState } from "./switches-state.js";
export type { ExerciseName, Mistakes } from "./texts/exercise-texts.js";
export type { Language, LessonName, Size } from "./texts/lesson-texts.js";
export { sevenPicture, sevenWeights, type ToyLayer, type ToyWeights, toyNetwork } from "./toy-network.js";
export type { Term, TransposeModel } from "./transpose-model.js";
