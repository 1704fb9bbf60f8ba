import { Comms } from "./comms.js";
import { keepCompiled } from "./compiled.js";
import { Displays } from "./display.js";
import { captureExit } from "./exit.js";
import { Flag, Phase } from "./flags.js";
import { Inputs } from "./input.js";
import { KeyboardInterrupt } from "./keyboard-interrupt.js";
import type { ToMain, ToWire } from "./letters.js";
import { loadingStopped } from "./loader.js";
import { kernelSymbol, type NotebookKernel } from "./notebook-kernel.js";
import { Outlet } from "./outlet.js";
import { newProgressLine, shownLine } from "./progress.js";
import { runs } from "./run.js";
import { Session } from "./session.js";
import { SourceMaps } from "./source-maps.js";
import { captureStandardStreams } from "./standard-streams.js";
import { stackTraceLimit } from "./traceback.js";
import { Widgets } from "./widget.js";

/** The compiled compiler is kept so long after the first cell began (milliseconds). */
const keptAfter = 2000;

/** Puts the parts of the main thread together. Returns what takes the wire's letters. */
export function openMainThread(
  post: (letter: ToWire) => void,
  flags: Int32Array,
  prelude: string | undefined,
): (letter: ToMain) => void {
  Error.stackTraceLimit = stackTraceLimit;
  const outlet = new Outlet(post, flags);
  const complain = (error: unknown) => session.complain(error);
  const displays = new Displays(outlet, complain);
  const comms = new Comms(outlet, complain);
  const inputs = new Inputs(outlet);
  const session = new Session(outlet, displays, new SourceMaps(), flags, prelude);
  Object.assign(globalThis, { [kernelSymbol]: notebookKernel(outlet, displays, comms, inputs) });
  captureStandardStreams(outlet);
  const end = captureExit(post, flags);
  process.on("uncaughtException", complain);
  process.on("unhandledRejection", (reason) => {
    // An async function that an interrupt stopped while nobody awaited it.
    if (!(reason instanceof KeyboardInterrupt)) complain(reason);
  });
  process.on("SIGINT", () => post({ kind: "sigint" }));
  let firstCell = true;

  return (letter) => {
    switch (letter.kind) {
      case "execute":
        if (firstCell) setTimeout(keep, keptAfter, flags).unref();
        firstCell = false;
        return session.execute(letter);
      case "complete":
      case "inspect":
      case "isComplete":
        return post({ kind: "answer", request: letter.request, content: session.answer(letter) });
      case "comm":
        return comms.receive(letter);
      case "input":
        return inputs.answered(letter.request, letter.value);
      case "interrupt":
        // First of all: from here on, the other thread terminates nothing.
        Atomics.store(flags, Flag.heard, letter.ping);
        Atomics.store(flags, Flag.interrupt, 0);
        loadingStopped(flags);
        session.interrupt();
        comms.interrupt();
        return post({ kind: "alive", ping: letter.ping });
      case "exit":
        return end(letter.code);
    }
  };
}

/** Not cut short by an interrupt, as the compiler itself. */
function keep(flags: Int32Array): void {
  const before = Atomics.exchange(flags, Flag.phase, Phase.uncut);
  keepCompiled();
  Atomics.store(flags, Flag.phase, before);
}

function notebookKernel(outlet: Outlet, displays: Displays, comms: Comms, inputs: Inputs): NotebookKernel {
  const widgets = new Widgets(comms);
  const never = new AbortController().signal;
  return {
    version: 1,
    get signal() {
      return runs.getStore()?.signal ?? never;
    },
    show: (value) => displays.show(value),
    bundle: (data, metadata) => displays.bundle(data, metadata),
    page: (data) => displays.page(data),
    clear: ({ wait = false } = {}) => displays.clear(wait),
    input: (prompt = "", { password = false } = {}) => inputs.ask(prompt, password),
    progress: (options) => {
      const run = runs.getStore();
      return newProgressLine(run?.console ? outlet.lines.open(run.output) : shownLine(displays), options);
    },
    openWidget: (widgetClass, state) => widgets.open(widgetClass, state),
    openComm: (target, data, options) => comms.open(target, data, options),
    onComm: (target, handler) => comms.onOpen(target, handler),
  };
}
