import { Flag, Hold, Phase } from "./flags.js";

/** Why the main thread can't be terminated at this moment. */
export type Refusal = "uncut" | "loading" | "bookkeeping" | "late";

/**
 * Node's code that enters and leaves async contexts. V8 terminates at the next function call or turn of a
 * loop; a context that is entered until then would never be left.
 */
const bookkeeping = /node:internal\/(?:async_hooks|async_context_frame|process\/task_queues|timers)\b/;

/** Long enough for the other thread to post its letter, short enough not to be felt if it never does. */
const longest = 1000;

/**
 * Where the main thread is held still just before it is terminated. Termination skips every `finally`, also
 * Node's own around timers and promises; what these would have put back is cleared here, or Node would end
 * with "async hook stack has become corrupted".
 *
 * @returns the function that the wire's thread calls through the inspector; it says why this is no moment to be
 * terminated, or "" when the termination may come
 */
export function newPark(flags: Int32Array): (round: number, evenLoading: boolean) => Refusal | "" {
  const { clearAsyncIdStack } = asyncWrap();
  const swap = (from: number, to: number) => Atomics.compareExchange(flags, Flag.hold, from, to) === from;
  return (round, evenLoading) => {
    if (Atomics.load(flags, Flag.phase) === Phase.uncut) return "uncut";
    if (Atomics.load(flags, Flag.loading) > 0 && !evenLoading) return "loading";
    if (bookkeeping.test(interruptedFrame())) return "bookkeeping";
    if (Atomics.load(flags, Flag.round) !== round || !swap(Hold.asked, Hold.parked)) return "late";
    // Not `Atomics.wait`: V8 has room for one wait a thread, and this may come in the middle of another.
    for (const end = Date.now() + longest; Atomics.load(flags, Flag.hold) !== Hold.terminate; ) {
      if (Atomics.load(flags, Flag.hold) === Hold.free || Atomics.load(flags, Flag.round) !== round)
        return "late";
      if (Date.now() > end && swap(Hold.parked, Hold.free)) return "late";
    }
    clearAsyncIdStack();
    return "";
  };
}

/** The line of the stack where the thread was when it was held still. */
function interruptedFrame(): string {
  const { prepareStackTrace, stackTraceLimit } = Error;
  // Nothing of the user's may run here.
  delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
  Error.stackTraceLimit = 4;
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = stackTraceLimit;
  if (prepareStackTrace) Error.prepareStackTrace = prepareStackTrace;
  // Its own lines: the message, this function, `park`, and what the inspector evaluates.
  return stack.split("\n")[4] ?? "";
}

/**
 * Node 20 and 22 give this to nobody else, and warn; `--no-force-async-hooks-checks` alone is not enough there. Node 24
 * does not give it at all, and that flag is enough: AsyncLocalStorage no longer lives on the stack that is cleared.
 */
function asyncWrap(): { clearAsyncIdStack(): void } {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    const { binding } = process as unknown as { binding(name: string): { clearAsyncIdStack(): void } };
    return binding.call(process, "async_wrap");
  } catch {
    return { clearAsyncIdStack: () => {} };
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}
