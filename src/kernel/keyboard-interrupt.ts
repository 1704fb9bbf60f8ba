/** The user pressed the stop button. The running cell ends with it, and its `signal` has it as reason. */
export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";

  constructor(message = "stopped by the user") {
    super(message);
  }
}
