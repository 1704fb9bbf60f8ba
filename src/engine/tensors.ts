import type { Batch, Convolving, Engine, Finishing } from "./engine.js";
import { dilatedFilters, groupOf, withGroup } from "./groups.js";

/** The few words of tfjs that are used here. Its own types stay out of this package's, which notebooks type-check. */
export interface Tensorflow {
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  tidy<T>(work: () => T): T;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  conv2d(
    x: Tensor,
    filters: Tensor,
    strides: readonly number[],
    pad: unknown,
    format: "NHWC",
    dilations: readonly number[],
  ): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  relu(x: Tensor): Tensor;
  matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor;
  memory(): { numTensors: number };
}

interface Tensor {
  readonly shape: number[];
  dataSync(): Float32Array;
}

/** An engine on one of tfjs's backends. Every operation runs inside `tidy`, so no tensor survives it. */
export async function tensorEngine(name: Engine["name"], backend: string, tf: Tensorflow): Promise<Engine> {
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start its ${backend} backend`);

  function convolveOne(input: Batch, filters: Float32Array, how: Convolving, finish: Finishing): Batch {
    const { size, stride, dilation, padding, channels } = how;
    const [count, , , inChannels] = input.shape;
    return inTidy((keep) => {
      const x = tf.tensor(input.data, input.shape);
      const w = tf.tensor(filters, [...size, inChannels, channels]);
      const pad = [
        [0, 0],
        [padding.top, padding.bottom],
        [padding.left, padding.right],
        [0, 0],
      ];
      const sums = tf.conv2d(x, w, stride, pad, "NHWC", dilation);
      const biased = finish.bias ? tf.add(sums, tf.tensor(finish.bias, [channels])) : sums;
      const out = finish.rectify ? tf.relu(biased) : biased;
      keep({ shape: [count, sums.shape[1], sums.shape[2], channels], data: out.dataSync() });
    });
  }

  /** Runs work on tensors, which all go afterwards, and gives what it kept: `tidy` itself would search every number of it. */
  function inTidy<T>(work: (keep: (result: T) => void) => void): T {
    let kept: T | undefined;
    tf.tidy(() => {
      work((result) => {
        kept = result;
      });
    });
    return kept!;
  }

  return {
    name,
    convolve(input, filters, how, finish = {}) {
      // Both engines may be loaded in one process; tfjs computes on whichever was set last.
      if (tf.getBackend() !== backend) void tf.setBackend(backend);
      const [plain, flat] = dilatedFilters(filters, how, input.shape[3]);
      if (how.groups === 1) return convolveOne(input, plain, flat, finish);
      let whole: Batch | undefined;
      for (let g = 0; g < how.groups; g++) {
        const part = groupOf(input, plain, flat, g, finish);
        whole = withGroup(
          whole,
          convolveOne(part.input, part.filters, part.how, part.finish),
          g,
          how.channels,
        );
      }
      return whole!;
    },
    multiply(rows, m, matrix, n, order) {
      if (tf.getBackend() !== backend) void tf.setBackend(backend);
      const k = rows.length / m;
      return inTidy((keep) => {
        const b = tf.tensor(matrix, order === "plain" ? [k, n] : [n, k]);
        keep(tf.matMul(tf.tensor(rows, [m, k]), b, false, order === "transposed").dataSync());
      });
    },
  };
}
