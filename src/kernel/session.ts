import { types } from "node:util";
import { bundleOf } from "./bundle.js";
import { type Compiler, newCompiler } from "./compiler.js";
import { complete } from "./complete.js";
import type { Displays } from "./display.js";
import { Flag, Phase } from "./flags.js";
import { inspectAt } from "./inspect.js";
import { isComplete } from "./is-complete.js";
import { KeyboardInterrupt } from "./keyboard-interrupt.js";
import type { ToMain } from "./letters.js";
import { type Loader, newLoader } from "./loader.js";
import type { Fields } from "./message.js";
import type { Outlet } from "./outlet.js";
import { pictureSize } from "./picture-size.js";
import { openPrelude } from "./prelude.js";
import { resume } from "./resume.js";
import { Run, runs } from "./run.js";
import { putInScope, scopeDeclarations } from "./scope.js";
import type { SourceMaps } from "./source-maps.js";
import { describeError, type ErrorContent } from "./traceback.js";
import { type Executor, loadExecutor } from "./tslab.js";
import { TypeScriptError } from "./type-errors.js";

type ExecuteLetter = ToMain & { kind: "execute" };

/** What one call of tslab's executor came to; it speaks through the console that it is given. */
interface Evaluation {
  value?: unknown;
  threw?: { readonly error: unknown };
  refused?: TypeScriptError;
}

/** Runs cells: tslab's executor over the mended compiler, and what it says turned into messages. */
export class Session {
  readonly #outlet: Outlet;
  readonly #displays: Displays;
  readonly #flags: Int32Array;
  readonly #maps: SourceMaps;
  readonly #compiler: Compiler;
  readonly #executor: Executor;
  readonly #evaluations = new WeakMap<Run, Evaluation>();
  #declarations: string;
  /** The cell that runs, until it is reported as ended. */
  #running: Run | undefined;

  constructor(
    outlet: Outlet,
    displays: Displays,
    maps: SourceMaps,
    flags: Int32Array,
    prelude: string | undefined,
  ) {
    this.#outlet = outlet;
    this.#displays = displays;
    this.#flags = flags;
    this.#maps = maps;
    this.#compiler = newCompiler(maps);
    this.#executor = loadExecutor().createExecutor(
      process.cwd(),
      { node: this.#converter(), browser: this.#compiler, close: () => this.#compiler.close() },
      {
        log: (value) => (this.#evaluation().value ??= value),
        error: (...said: unknown[]) => {
          // Type errors come as a format and its parts; they are known from the converter already.
          if (said.length === 1) this.#evaluation().threw ??= { error: said[0] };
        },
      },
    );
    const loader = this.#openScope();
    const modules = openPrelude(this.#compiler, loader, prelude, (problem) =>
      outlet.post({ kind: "log", line: problem }),
    );
    this.#declarations = scopeDeclarations(modules);
    putInScope(this.#executor.locals, modules);
  }

  /** Starts a cell. User code begins before this returns; the answer goes out by itself. */
  execute(letter: ExecuteLetter): void {
    const run = new Run(letter.request, letter.request, letter);
    this.#running = run;
    this.#outlet.last = run;
    runs.run(run, () => {
      this.#run(run, letter).then(
        (content) => this.#end(run, content),
        (error) => this.#fail(run, error),
      );
    });
  }

  /** Ends the running cell at once, whatever it still waits for. */
  interrupt(): void {
    Atomics.store(this.#flags, Flag.phase, Phase.waiting);
    const run = this.#running;
    if (!run) return;
    const reason = new KeyboardInterrupt();
    run.interrupt(reason);
    this.#executor.interrupt();
    runs.run(run, () => this.#fail(run, reason));
  }

  answer({ kind, code, cursor }: ToMain & { kind: "complete" | "inspect" | "isComplete" }): Fields {
    return this.#uncut(() => {
      if (kind === "isComplete") return isComplete(this.#compiler.typescript, code);
      const answer = kind === "complete" ? complete : inspectAt;
      return answer(this.#compiler, this.#declarations, code, cursor);
    });
  }

  async #run(run: Run, { name, code, silent, expressions }: ExecuteLetter): Promise<Fields> {
    const { value } = await this.#evaluate(run, code, name);
    const result = await bundleOf(value, (error) => this.complain(error));
    await this.#displays.settled(run);
    if (value !== undefined && value !== null && result && !silent && this.#running === run) {
      const metadata = pictureSize(result["image/png"]);
      this.#outlet.output("execute_result", { data: result, metadata });
    }
    const user_expressions: Record<string, unknown> = {};
    for (const [key, expression] of Object.entries(expressions)) {
      user_expressions[key] = await this.#expression(run, expression);
    }
    const text = value === undefined || value === null ? undefined : result?.["text/plain"];
    const payload = run.pages.map((data) => ({ source: "page", data, start: 0 }));
    return { status: "ok", user_expressions, payload, ...(typeof text === "string" && { text }) };
  }

  async #expression(run: Run, expression: string): Promise<Fields> {
    try {
      const { value } = await this.#evaluate(run, `[(${expression}\n)]`, "expression[0]");
      const data = await bundleOf((value as [unknown])[0], (error) => this.complain(error));
      return { status: "ok", data: data ?? {}, metadata: pictureSize(data?.["image/png"]) };
    } catch (error) {
      return { status: "error", ...describeError(error, this.#maps) };
    }
  }

  /** The value of a cell's last expression; a promise is awaited, what merely has a `then` is not touched. */
  async #evaluate(run: Run, code: string, name: string): Promise<{ readonly value: unknown }> {
    const evaluation: Evaluation = {};
    this.#evaluations.set(run, evaluation);
    this.#compiler.nextName = name;
    await this.#executor.execute(code);
    if (evaluation.refused) throw evaluation.refused;
    if (evaluation.threw) throw evaluation.threw.error;
    const { value } = evaluation;
    return { value: types.isPromise(value) ? resume(await value) : value };
  }

  #evaluation(): Evaluation {
    // An interrupt clears what Node knows of where the code came from: then it is the cell that runs.
    const run = runs.getStore() ?? this.#running;
    return (run && this.#evaluations.get(run)) ?? {};
  }

  /**
   * The converter as the executor sees it. The declarations are kept here: the executor forgets those of a
   * cell that throws or is interrupted, though its variables live on.
   */
  #converter(): Compiler {
    return {
      ...this.#compiler,
      convert: (_declarations, source) => {
        const name = this.#compiler.nextName;
        const result = this.#uncut(() => this.#compiler.convert(this.#declarations, source));
        if (result.diagnostics.length > 0) {
          this.#evaluation().refused = new TypeScriptError(result.diagnostics, name, source);
        } else if (Atomics.load(this.#flags, Flag.interrupt) === 1) {
          // It had to wait: a compiler that is cut short never works again. What was compiled of other files is kept.
          return { ...result, output: "__tslab__.stop()", hasToplevelAwait: false };
        } else {
          this.#declarations = result.declOutput ?? "";
        }
        return result;
      },
    };
  }

  #uncut<T>(work: () => T): T {
    const before = Atomics.exchange(this.#flags, Flag.phase, Phase.uncut);
    try {
      return work();
    } finally {
      Atomics.store(this.#flags, Flag.phase, before);
    }
  }

  #openScope(): Loader {
    const tslab = (globalThis as unknown as { __tslab__: { require: (specifier: string) => unknown } })
      .__tslab__;
    const loader = newLoader(tslab.require, process.cwd(), this.#flags);
    Object.assign(tslab, { require: loader.require, load: loader.load, resume, stop });
    return loader;
  }

  #end(run: Run, { text, ...content }: Fields): void {
    const result = text as string | undefined;
    this.#close(run, () => {
      this.#outlet.post({ kind: "executed", request: run.request, failed: false, content, result });
    });
  }

  #fail(run: Run, error: unknown): void {
    if (this.#running !== run) return;
    const content = describeError(isInterruption(error) ? (run.signal.reason ?? error) : error, this.#maps);
    this.#close(run, () => {
      this.#outlet.output("error", content, run);
      this.#outlet.post({
        kind: "executed",
        request: run.request,
        failed: true,
        content: { status: "error", ...content },
        result: undefined,
      });
    });
  }

  /** A cell's last words are said once, and whole. */
  #close(run: Run, say: () => void): void {
    if (this.#running !== run) return;
    this.#uncut(() => {
      this.#running = undefined;
      this.#outlet.lines.close(run.output);
      say();
    });
  }

  /** Shows an error that ends no cell, where it came from. */
  complain(error: unknown): void {
    this.#outlet.stream("stderr", `${traceback(describeError(error, this.#maps))}\n`);
  }
}

function traceback(content: ErrorContent): string {
  return content.traceback.join("\n");
}

/** tslab's own words for it. */
function isInterruption(error: unknown): boolean {
  return error instanceof Error && error.message === "Interrupted asynchronously";
}

function stop(): never {
  throw new KeyboardInterrupt();
}
