import { UnknownNameError } from "../errors.js";
import { col2im, im2col } from "./columns.js";
import { type ConvolutionModel, convolutionModel } from "./convolution-model.js";
import {
  changedLearning,
  firstLearning,
  type LearningChange,
  type LearningModel,
  type LearningOptions,
  type LearningState,
  learningModel,
} from "./learning-model.js";
import { Lesson, type LessonKind } from "./lesson-view.js";
import { matrixProduct, weightMatrix } from "./matrix.js";
import {
  changedMatrices,
  firstMatrices,
  type MatrixChange,
  type MatrixOptions,
  type MatrixState,
  otherMatrices,
} from "./matrix-state.js";
import { type NetworkModel, networkModel } from "./network-model.js";
import {
  changedNetwork,
  firstNetwork,
  type NetworkChange,
  type NetworkOptions,
  type NetworkState,
  otherPicture,
} from "./network-state.js";
import { withRandomFilters } from "./other-filters.js";
import {
  changedRectify,
  firstRectify,
  otherRectify,
  type RectifyChange,
  type RectifyModel,
  type RectifyState,
  rectifyModel,
} from "./rectify-model.js";
import type { Kernels, Rows } from "./rows.js";
import { type SwitchesModel, switchesModel } from "./switches-model.js";
import {
  changedSwitches,
  firstSwitches,
  otherSwitches,
  type SwitchesChange,
  type SwitchesOptions,
  type SwitchesState,
} from "./switches-state.js";
import type { Language } from "./texts/lesson-texts.js";
import { languages } from "./texts/texts.js";
import { type TransposeModel, transposeModel } from "./transpose-model.js";

/**
 * The lessons: small numbers that one can touch, computed by the same code as the real thing. Each word takes the user's
 * own numbers (or none, for the lesson's first picture) and shows itself at the end of a cell.
 *
 * @example
 * const { panels } = await lesson.convolution([[1, 2], [3, 4]], [[1, -1]]).model();
 * panels.output.maps; // [[[-1], [-1]]]
 */
export class Lessons {
  #language: Language = "en";

  /** What lessons and exercises speak: `"en"`, or `"zh"` for 简体中文. For what is made from then on. */
  get language(): Language {
    return this.#language;
  }

  /** @throws {UnknownNameError} for another language */
  set language(language: Language) {
    if (!languages.includes(language)) {
      throw new UnknownNameError("lesson.language", "language", String(language), languages);
    }
    this.#language = language;
  }

  /** The windows of maps as the columns of a matrix: see {@link im2col}. */
  readonly im2col: typeof im2col = im2col;
  /** Adds columns back to their windows: see {@link col2im}. */
  readonly col2im: typeof col2im = col2im;
  /** A layer's filters as one matrix: see {@link weightMatrix}. */
  readonly weightMatrix: typeof weightMatrix = weightMatrix;
  /** Rows times columns: see {@link matrixProduct}. */
  readonly matrixProduct: typeof matrixProduct = matrixProduct;
  /** What a network saw, to be projected through random filters: see {@link withRandomFilters}. */
  readonly withRandomFilters: typeof withRandomFilters = withRandomFilters;

  /**
   * Lesson 1: a convolution is a matrix product.
   *
   * @param input one matrix, or one a channel; at most 9 × 9, 3 channels
   * @param kernel one matrix, one a channel, or such a list a filter; at most 5 × 5, 3 filters
   * @param options stride (default 1), padding (0), bias (0)
   * @throws {LessonError} for numbers, sizes or options it can't show; the sentence says what would be right
   */
  convolution(
    input?: Rows | readonly Rows[],
    kernel?: Rows | readonly Rows[] | Kernels,
    options: MatrixOptions = {},
  ): ConvolutionLesson {
    const change = { ...given({ input, kernel }), ...options, language: this.#language };
    return new Lesson(convolution, changedMatrices(convolution.where, firstMatrices, change));
  }

  /**
   * Lesson 2: backwards is the transpose. What comes down goes back to the windows that it was computed from.
   *
   * @param signal what comes down, of the output's size: one matrix, or one a filter
   * @param kernel as `lesson.convolution`'s
   * @param options.input what was convolved; its size is the result's. Small numbers by default, in the smallest size that
   *   gives the signal's
   * @param options.inputSize its size alone
   * @param options.stride default 1
   * @param options.padding default 0
   * @throws {LessonError} for numbers, sizes or options it can't show, such as a signal of another size than the output's
   */
  transpose(
    signal?: Rows | readonly Rows[],
    kernel?: Rows | readonly Rows[] | Kernels,
    options: Omit<MatrixChange, "signal" | "kernel" | "language" | "cell"> = {},
  ): TransposeLesson {
    const size = signal !== undefined && options.input === undefined ? ("smallest" as const) : undefined;
    const change: MatrixChange = {
      ...given({ inputSize: size, signal, kernel }),
      ...options,
      language: this.#language,
    };
    return new Lesson(transpose, changedMatrices(transpose.where, firstMatrices, change));
  }

  /**
   * Lesson 3: pooling and its switches; add, overwrite and all ties side by side.
   *
   * @param input one matrix, at most 9 × 9
   * @param options size of the window (default 3), stride (2), padding (0), rounding (`"floor"`), and the signal
   * @throws {LessonError} for numbers, sizes or options it can't show
   */
  switches(input?: Rows, options: SwitchesOptions = {}): SwitchesLesson {
    const change = { ...given({ input }), ...options, language: this.#language };
    return new Lesson(switches, changedSwitches(switches.where, firstSwitches, change));
  }

  /**
   * Lesson 4: one ReLU, three rules.
   *
   * @param forward x: what went into the ReLU on the way up, at most 6 × 6
   * @param signal R: what comes down to it, of the same size
   * @throws {LessonError} for numbers or sizes it can't show
   */
  rectify(forward?: Rows, signal?: Rows): RectifyLesson {
    const change = { ...given({ forward, signal }), language: this.#language };
    return new Lesson(rectify, changedRectify(rectify.where, firstRectify, change));
  }

  /**
   * Lesson 5: a whole deconvnet by hand.
   *
   * @param picture 7 × 7
   * @param options the two layers' filters and biases, the unit, rule, duplicates and ties
   * @throws {LessonError} for numbers, sizes or options it can't show
   */
  network(picture?: Rows, options: NetworkOptions = {}): NetworkLesson {
    const change = { ...given({ picture }), ...options, language: this.#language };
    return new Lesson(network, changedNetwork(network.where, firstNetwork, change));
  }

  /**
   * Lesson 6: softmax, cross-entropy and one step of learning, on the network of lesson 5.
   *
   * @param picture 7 × 7
   * @param options the layers' filters and biases, the right class, the rate, and the weight that is measured
   * @throws {LessonError} for numbers, sizes or options it can't show
   */
  learning(picture?: Rows, options: LearningOptions = {}): LearningLesson {
    const change = { ...given({ picture }), ...options, language: this.#language };
    return new Lesson(learning, changedLearning(learning.where, firstLearning, change));
  }
}

export type ConvolutionLesson = Lesson<MatrixState, MatrixChange, ConvolutionModel>;
export type TransposeLesson = Lesson<MatrixState, MatrixChange, TransposeModel>;
export type SwitchesLesson = Lesson<SwitchesState, SwitchesChange, SwitchesModel>;
export type RectifyLesson = Lesson<RectifyState, RectifyChange, RectifyModel>;
export type NetworkLesson = Lesson<NetworkState, NetworkChange, NetworkModel>;
export type LearningLesson = Lesson<LearningState, LearningChange, LearningModel>;

/** The lessons, in the language that `lesson.language` says. */
export const lesson: Lessons = new Lessons();

const convolution: LessonKind<MatrixState, MatrixChange, ConvolutionModel> = {
  where: "lesson.convolution",
  changed: changedMatrices,
  other: otherMatrices,
  model: convolutionModel,
};
const transpose: LessonKind<MatrixState, MatrixChange, TransposeModel> = {
  where: "lesson.transpose",
  changed: changedMatrices,
  other: otherMatrices,
  model: transposeModel,
};
const switches: LessonKind<SwitchesState, SwitchesChange, SwitchesModel> = {
  where: "lesson.switches",
  changed: changedSwitches,
  other: otherSwitches,
  model: switchesModel,
};
const rectify: LessonKind<RectifyState, RectifyChange, RectifyModel> = {
  where: "lesson.rectify",
  changed: changedRectify,
  other: otherRectify,
  model: rectifyModel,
};
const network: LessonKind<NetworkState, NetworkChange, NetworkModel> = {
  where: "lesson.network",
  changed: changedNetwork,
  other: (state, seed) => ({ ...state, picture: otherPicture(seed) }),
  model: networkModel,
};
const learning: LessonKind<LearningState, LearningChange, LearningModel> = {
  where: "lesson.learning",
  changed: changedLearning,
  other: (state, seed) => ({ ...state, picture: otherPicture(seed) }),
  model: learningModel,
};

/** What was given, without what was left out. */
function given<T extends object>(parts: T): { [Key in keyof T]?: NonNullable<T[Key]> } {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as ReturnType<
    typeof given<T>
  >;
}
