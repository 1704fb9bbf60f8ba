import type { ExerciseName } from "../texts/exercise-texts.js";
import { col2im } from "./col2im.js";
import { convolve } from "./convolve.js";
import { deconvnetLayer } from "./deconvnet-layer.js";
import type { AnyDefinition } from "./definition.js";
import { filterGradient } from "./filter-gradient.js";
import { flip } from "./flip.js";
import { im2col } from "./im2col.js";
import { outputSize } from "./output-size.js";
import { pool } from "./pool.js";
import { rectify } from "./rectify.js";
import { relu } from "./relu.js";
import { scoreGradient } from "./score-gradient.js";
import { seed } from "./seed.js";
import { sgdStep } from "./sgd-step.js";
import { softmax } from "./softmax.js";
import { softmaxCrossEntropy } from "./softmax-cross-entropy.js";
import { switches } from "./switches.js";
import { transposeFilter } from "./transpose-filter.js";
import { unpool } from "./unpool.js";

/** All exercises, in the order of the lessons. */
const all = {
  outputSize,
  im2col,
  convolve,
  flip,
  col2im,
  transposeFilter,
  pool,
  switches,
  unpool,
  relu,
  rectify,
  seed,
  deconvnetLayer,
  softmax,
  softmaxCrossEntropy,
  scoreGradient,
  filterGradient,
  sgdStep,
};

export const definitions: Readonly<Record<ExerciseName, AnyDefinition>> = all as unknown as Readonly<
  Record<ExerciseName, AnyDefinition>
>;
