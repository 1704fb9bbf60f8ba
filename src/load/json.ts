import { FileError } from "../errors.js";

/** A file's text as JSON. @throws {FileError} where it is not */
export function parseJson(where: string, path: string, text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FileError(
      where,
      path,
      "malformed",
      `${what} is no JSON (${(cause as Error).message.slice(0, 100)})`,
      {
        cause,
      },
    );
  }
}
