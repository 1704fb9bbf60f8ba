/** Something that set-up can't go on without. Its message is shown as it stands: what was found, what is wanted, what to do. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";

  /**
   * @param {string} message
   * @param {{ passing?: boolean }} [options] `passing`: it may be otherwise at the next try, as a network's state
   */
  constructor(message, { passing = false } = {}) {
    super(message);
    this.passing = passing;
  }
}
