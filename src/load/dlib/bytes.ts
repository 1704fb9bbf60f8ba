import { FileError } from "../../errors.js";

/** A tensor of a dlib file; its numbers stay where they are until they are asked for. */
export interface DlibTensor {
  /** Samples, channels, rows, columns. */
  readonly shape: readonly number[];
  /** How many numbers. */
  readonly count: number;
  /** Some of its numbers, by default all. */
  readonly read: (start?: number, end?: number) => Float32Array;
}

/** dlib's serialisation, read from front to back; it never reads past the end, nor believes a size that does. */
export class DlibBytes {
  readonly #path: string;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(path: string, bytes: Uint8Array) {
    this.#path = path;
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** A byte that says how many follow, and the sign; then the value, lowest byte first. */
  integer(): number {
    const control = this.#take(1)[0];
    const length = control & 0x0f;
    if (length > 8 || (control & 0x70) !== 0) this.fail("malformed", "has no whole number where one must be");
    const value = this.#take(length).reduce((sum, byte, i) => sum + byte * 2 ** (8 * i), 0);
    if (!Number.isSafeInteger(value)) this.fail("malformed", "has a number out of all proportion");
    return control & 0x80 ? -value : value;
  }

  /** The next whole number, which stays there to be read. */
  peek(): number {
    const at = this.#at;
    const value = this.integer();
    this.#at = at;
    return value;
  }

  /** A whole number that must have one value: a version, an empty size. */
  expect(wanted: number, what: string): void {
    const got = this.integer();
    if (got !== wanted) this.fail("malformed", `has ${what} ${got}, wanted ${wanted}`);
  }

  /** Fraction and power of two. */
  real(): number {
    const fraction = this.integer();
    return fraction * 2 ** this.integer();
  }

  text(): string {
    const length = this.integer();
    if (length < 0 || length > 65_536) this.fail("malformed", "has no word where one must be");
    return new TextDecoder().decode(this.#take(length));
  }

  /** True or false, as the digits 1 and 0. */
  flag(): boolean {
    const digit = this.#take(1)[0];
    if (digit !== 0x30 && digit !== 0x31) this.fail("malformed", "has no 0 or 1 where one must be");
    return digit === 0x31;
  }

  tensor(): DlibTensor {
    this.expect(2, "a tensor of version");
    const shape = [this.integer(), this.integer(), this.integer(), this.integer()];
    const count = shape.reduce((a, b) => a * b, 1);
    if (shape.some((side) => side < 0) || !(4 * count <= this.left)) {
      this.fail("truncated", `has a tensor of [${shape}], but only ${this.left} bytes are left`);
    }
    const bytes = this.#take(4 * count);
    // A copy: typed arrays begin at multiples of four.
    const read = (start = 0, end = count): Float32Array =>
      new Float32Array(Uint8Array.from(bytes.subarray(4 * start, 4 * end)).buffer);
    return { shape, count, read };
  }

  fail(problem: FileError["problem"], sentence: string): never {
    throw new FileError("loadDlib", this.#path, problem, `${sentence} (at byte ${this.#at}); fetch it again`);
  }

  #take(length: number): Uint8Array {
    if (length > this.left)
      this.fail("truncated", `ends in the middle: ${length} bytes wanted, ${this.left} are left`);
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}
