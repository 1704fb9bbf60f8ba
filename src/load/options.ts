import type { Preprocessing } from "../image/preprocessing.js";
import type { Work } from "../work.js";

/** What a file of a model may leave unsaid. */
export interface LoadOptions extends Work {
  /** What to call the network; by default its file's own name for it. */
  readonly name?: string;
  /** Height and width of the pictures it reads; needed where the file leaves them open, else in place of the file's. */
  readonly inputSize?: readonly [height: number, width: number];
  /** How a picture's pixels become its input. Without it the network reads only maps that were preprocessed by hand. */
  readonly preprocessing?: Preprocessing;
  /** What the outputs of the last layer mean, in order. */
  readonly classes?: readonly string[];
}
