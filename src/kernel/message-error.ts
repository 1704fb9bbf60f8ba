/** A message that can't be read or was not signed by who holds the key. It is dropped and logged. */
export class MessageError extends Error {
  override name = "MessageError";
}
