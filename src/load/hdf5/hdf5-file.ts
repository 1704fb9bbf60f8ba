import { Worker } from "node:worker_threads";
import { FileError } from "../../errors.js";
import type { Work } from "../../work.js";

/** A group of an HDF5 file: a folder of its kind. */
export interface Hdf5Group {
  readonly kind: "group";
  readonly children: readonly string[];
  /** The attributes that are words. */
  readonly texts: Readonly<Record<string, string | readonly string[]>>;
}

/** An array of an HDF5 file; its numbers are not yet read. */
export interface Hdf5Array {
  readonly kind: "array";
  readonly shape: readonly number[];
  /** `"float32"`, or whatever else it holds. */
  readonly type: string;
  /** How many bytes its shape claims. */
  readonly bytes: number;
  readonly compressed: boolean;
  /** Whether its numbers are said to lie in other files. */
  readonly elsewhere: boolean;
}

/** What a path leads to; links to other places or files are not followed. */
export type Hdf5Entry = Hdf5Group | Hdf5Array | { readonly kind: "link" };

type Answer = {
  readonly outline?: Record<string, Hdf5Entry>;
  readonly values?: Float32Array | Float64Array;
  readonly failure?: string;
};

/** An open HDF5 file. It must be closed. */
export class Hdf5File {
  /** What is written where; the top is `""`, paths are joined by `/`. */
  readonly entries: ReadonlyMap<string, Hdf5Entry>;
  readonly #where: string;
  readonly #path: string;
  readonly #size: number;
  readonly #thread: Worker;

  private constructor(
    where: string,
    path: string,
    size: number,
    thread: Worker,
    outline: Record<string, Hdf5Entry>,
  ) {
    this.#where = where;
    this.#path = path;
    this.#size = size;
    this.#thread = thread;
    this.entries = new Map(Object.entries(outline));
  }

  /**
   * Opens a file from its bytes and looks at everything that it holds but the numbers.
   *
   * @param bytes handed over: they can't be used afterwards
   * @param patience milliseconds; a file that takes longer is taken for damaged
   * @throws {FileError} when it is no whole HDF5 file
   */
  static async open(
    where: string,
    path: string,
    bytes: Uint8Array,
    work: Work = {},
    patience = 10_000,
  ): Promise<Hdf5File> {
    work.signal?.throwIfAborted();
    const own = bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
    const size = own.length;
    const thread = new Worker(new URL("./thread.js", import.meta.url), {
      workerData: { bytes: own },
      transferList: [own.buffer as ArrayBuffer],
      stdout: true,
      stderr: true,
    });
    try {
      const { outline } = await answer(where, path, thread, patience, work);
      return new Hdf5File(where, path, size, thread, outline ?? {});
    } catch (error) {
      await thread.terminate();
      throw error;
    }
  }

  /** Ends its thread. */
  async close(): Promise<void> {
    await this.#thread.terminate();
  }

  /** The group at a path, if there is one. */
  group(path: string): Hdf5Group | undefined {
    const entry = this.entries.get(path);
    return entry?.kind === "group" ? entry : undefined;
  }

  /**
   * The array at a path, after checking that its size is not out of all proportion to the file's.
   *
   * @throws {FileError} when there is none, or it claims what is not there
   */
  array(path: string): Hdf5Array {
    const entry = this.entries.get(path);
    const fail = (problem: FileError["problem"], sentence: string): never => {
      throw new FileError(this.#where, this.#path, problem, `${JSON.stringify(path)} ${sentence}`);
    };
    if (entry === undefined) return fail("malformed", "is not in it");
    if (entry.kind !== "array") return fail("malformed", `is a ${entry.kind}, wanted an array`);
    if (entry.elsewhere) return fail("outside", "keeps its numbers in other files, which are not read");
    if (entry.type !== "float32" && entry.type !== "float64") {
      return fail("malformed", `holds ${entry.type}, wanted float32 or float64; save the model unquantized`);
    }
    // Weights hardly compress; all zeros do.
    const most = entry.compressed ? Math.max(64 * this.#size, 1 << 20) : this.#size;
    if (!(entry.bytes <= most)) {
      return fail("truncated", `claims [${entry.shape}], more than a file of ${this.#size} bytes holds`);
    }
    return entry;
  }

  /** An array's numbers as float32. */
  async read(path: string, work: Work = {}, patience = 120_000): Promise<Float32Array> {
    this.array(path);
    this.#thread.postMessage({ path });
    const { values } = await answer(this.#where, this.#path, this.#thread, patience, work);
    if (values === undefined)
      throw new FileError(this.#where, this.#path, "malformed", `${path} holds nothing`);
    return values instanceof Float32Array ? values : Float32Array.from(values);
  }
}

/** The next thing that a thread says. It is ended where it says nothing for too long. */
function answer(where: string, path: string, thread: Worker, patience: number, work: Work): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      work.signal?.removeEventListener("abort", aborted);
      thread.off("message", said).off("error", failed).off("exit", ended);
      finish();
    };
    const fail = (why: string): void => {
      // Of the library's page-long report, the line that says what it was about.
      const gist = why.match(/#000.*?\(\): (.*)/)?.[1] ?? why.split("\n")[0];
      const sentence = `is no whole HDF5 file (${gist.slice(0, 200)}); fetch or save it again`;
      settle(() => reject(new FileError(where, path, "malformed", sentence)));
    };
    const aborted = (): void => settle(() => void thread.terminate().then(() => reject(work.signal?.reason)));
    const timer = setTimeout(() => {
      void thread.terminate();
      fail(`reading it did not end within ${patience / 1000} s`);
    }, patience);
    const said = (message: Answer): void => {
      if (message.failure !== undefined) fail(message.failure);
      else settle(() => resolve(message));
    };
    const failed = (error: unknown): void => fail(String(error));
    const ended = (): void => fail("reading it broke off");
    thread.on("message", said).on("error", failed).on("exit", ended);
    work.signal?.addEventListener("abort", aborted, { once: true });
  });
}
