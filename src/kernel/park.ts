import { Flag, Phase, Release } from "./flags.js";

/** Long enough for the other thread to post its letter, short enough not to be felt if it never does. */
const longest = 1000;

/**
 * Where the main thread is held still just before it is terminated. Termination skips every `finally`, also
 * Node's own around timers and promises; what these would have put back is cleared here, or Node would end
 * with "async hook stack has become corrupted".
 *
 * @returns the function that the wire's thread calls through the inspector; false when this is no moment to
 * be terminated
 */
export function newPark(flags: Int32Array): (evenLoading: boolean) => boolean {
  const { clearAsyncIdStack } = asyncWrap();
  return (evenLoading) => {
    if (Atomics.load(flags, Flag.phase) === Phase.compiling) return false;
    if (Atomics.load(flags, Flag.loading) > 0 && !evenLoading) return false;
    Atomics.store(flags, Flag.parked, 1);
    // Not `Atomics.wait`: V8 has room for one wait a thread, and this may come in the middle of another.
    for (const end = Date.now() + longest; Date.now() < end; ) {
      if (Atomics.load(flags, Flag.release) !== Release.no) break;
    }
    if (Atomics.load(flags, Flag.release) !== Release.terminate) return false;
    clearAsyncIdStack();
    return true;
  };
}

/** Node gives this to nobody else, and warns; `--no-force-async-hooks-checks` alone is not enough. */
function asyncWrap(): { clearAsyncIdStack(): void } {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    const { binding } = process as unknown as { binding(name: string): { clearAsyncIdStack(): void } };
    return binding.call(process, "async_wrap");
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}
