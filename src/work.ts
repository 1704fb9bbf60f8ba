/** What every function that may take long accepts: a way to stop it and a way to watch it. */
export interface Work {
  /** Stops the work: it then throws the signal's `reason` and leaves nothing behind. */
  readonly signal?: AbortSignal | undefined;
  /** Called as the work goes on: so many of so many are done. `what` names the part at hand. */
  readonly progress?: ((done: number, total: number, what: string) => void) | undefined;
}
