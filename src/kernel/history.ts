import type { HistoryFolder, Line } from "./history-folder.js";
import type { Fields } from "./message.js";
import { MessageError } from "./message-error.js";

/** One line as the protocol gives it: session, line, and what was typed, alone or with its result. */
type Entry = readonly [session: number, line: number, input: string | readonly [string, string | null]];

/** What was run, in this session and in earlier ones. */
export class History {
  readonly #folder: HistoryFolder;

  constructor(folder: HistoryFolder) {
    this.#folder = folder;
  }

  add(line: number, input: string): void {
    this.#folder.write({ line, input });
  }

  result(line: number, output: string): void {
    this.#folder.write({ line, output });
  }

  /**
   * The content of a history_reply.
   *
   * @throws {MessageError} when the request names no known way to look
   */
  answer(request: Fields): Fields {
    const withResults = request.output === true;
    const lines = this.#look(request);
    const history = lines.map(
      ({ session, line, input, output }): Entry => [
        session,
        line,
        withResults ? [input, output ?? null] : input,
      ],
    );
    return { status: "ok", history };
  }

  #look(request: Fields): readonly Line[] {
    const n = whole(request.n);
    switch (request.hist_access_type) {
      case "tail":
        return this.#folder.last(n ?? 10);
      case "range": {
        const asked = whole(request.session) ?? 0;
        const session = asked > 0 ? asked : this.#folder.session + asked;
        const [start, stop] = [whole(request.start) ?? 1, whole(request.stop) ?? Number.POSITIVE_INFINITY];
        return this.#folder.read(session).filter(({ line }) => line >= start && line < stop);
      }
      case "search": {
        const wanted = glob(typeof request.pattern === "string" ? request.pattern : "*");
        let found = this.#folder.all().filter(({ input }) => wanted.test(input));
        if (request.unique === true) found = latestOfEach(found);
        return n === undefined ? found : found.slice(-n);
      }
      default:
        throw new MessageError(
          `hist_access_type is ${JSON.stringify(request.hist_access_type)}, wanted "tail", "range" or "search"`,
        );
    }
  }
}

function whole(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

function latestOfEach(lines: readonly Line[]): Line[] {
  const latest = new Map<string, Line>();
  for (const line of lines) {
    latest.delete(line.input);
    latest.set(line.input, line);
  }
  return [...latest.values()];
}

/** `*` is any text, `?` any character, `[…]` one of several. */
function glob(pattern: string): RegExp {
  const source = pattern.replace(
    /\*+|\?|\[([^\]\\]+)\]|[.+^${}()|[\]\\/]/g,
    (part: string, set: string | undefined) => {
      if (part.startsWith("*")) return ".*";
      if (part === "?") return ".";
      if (set) return `[${set.replace(/^!/, "^").replaceAll("[", "\\[")}]`;
      return `\\${part}`;
    },
  );
  try {
    return new RegExp(`^${source}$`, "su");
  } catch {
    return new RegExp(`^${pattern.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")}$`, "su");
  }
}
