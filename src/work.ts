/** What every function that may take long accepts: a way to stop it and a way to watch it. */
export interface Work {
  /** Stops the work: it then throws the signal's `reason` and leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
  /** Called as the work goes on: so many of so many are done. `what` names the part at hand. */
  readonly progress?: ((done: number, total: number, what: string) => void) | undefined;
}

/**
 * Lets everything else run for a moment, between two parts of long work: without it an abort or a newer request could
 * not arrive, since each part blocks the thread.
 *
 * @throws the signal's `reason`, when it has been aborted
 */
export async function pause({ signal }: Pick<Work, "signal">): Promise<void> {
  signal?.throwIfAborted();
  await new Promise((resolve) => setImmediate(resolve));
  signal?.throwIfAborted();
}
