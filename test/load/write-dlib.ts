/** dlib's serialisation, written from the other side than `src/load/dlib` reads it. */
export class DlibWriter {
  readonly #bytes: number[] = [];

  get bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  integers(...values: readonly number[]): this {
    for (const value of values) {
      const digits: number[] = [];
      for (let rest = Math.abs(value); rest > 0 || digits.length === 0; rest = Math.floor(rest / 256))
        digits.push(rest % 256);
      this.#bytes.push(digits.length | (value < 0 ? 0x80 : 0), ...digits);
    }
    return this;
  }

  /** Whole numbers and their halves, quarters, … */
  reals(...values: readonly number[]): this {
    for (const value of values) this.integers(value * 2 ** 20, -20);
    return this;
  }

  text(value: string): this {
    this.integers(value.length);
    this.#bytes.push(...Buffer.from(value));
    return this;
  }

  tensor(...values: readonly number[]): this {
    this.integers(2, values.length, 1, 1, 1);
    this.#bytes.push(...new Uint8Array(Float32Array.from(values).buffer));
    return this;
  }

  /** A layer's name and what it says, and then what training left, which is nothing. */
  layer(name: string, details: (writer: this) => void = () => {}): this {
    this.text(name);
    details(this);
    this.#bytes.push(0x31, 0x31, 0x30);
    for (let i = 0; i < 3; i++) this.integers(2, 0, 0, 0, 0);
    return this;
  }

  convolution(channels: number, window: readonly number[], values: readonly number[]): this {
    return this.layer("con_4", (it) =>
      it
        .tensor(...values)
        .integers(channels, ...window)
        .integers(1, channels, 0, window[0], window[1], 1, 1, channels, 1, 1)
        .reals(1, 1, 1, 0),
    );
  }

  affine(values: readonly number[], mode = 0): this {
    return this.layer("affine_", (it) => it.tensor(...values).integers(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, mode));
  }

  dense(outputs: number, inputs: number, values: readonly number[], mode = 0): this {
    return this.layer("fc_2", (it) =>
      it
        .integers(outputs, inputs)
        .tensor(...values)
        .integers(1, inputs, outputs, 1, 1, 1, 1, outputs, 1, 1, mode)
        .reals(1, 1, 1, 0),
    );
  }
}

/** The beginning of a file. @param kinds 2 for a layer, 1 for a mark, from the picture upwards */
export function dlibHead(
  kinds: readonly number[],
  input = "input_rgb_image_sized",
  size: readonly number[] = [4, 4],
): DlibWriter {
  const writer = new DlibWriter().integers(1).text("loss_multiclass_log_");
  return writer
    .integers(...[...kinds].reverse())
    .text(input)
    .reals(1.5, 2.5, 3.5)
    .integers(...size);
}
