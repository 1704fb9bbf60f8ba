/** Something that set-up can't go on without. Its message is shown as it stands: what was found, what is wanted, what to do. */
export class SetupError extends Error {
  /** @override */
  name = "SetupError";
}
