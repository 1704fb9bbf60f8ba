import type { Compiler } from "./compiler.js";
import { codePoints } from "./cursor.js";
import type { Fields } from "./message.js";

/** More than a list can show helps nobody, and costs time on the way. */
const most = 500;

/** The content of a complete_reply: names that fit at the cursor, the likeliest first, each with its kind. */
export function complete(compiler: Compiler, declarations: string, code: string, cursor: number): Fields {
  const { start, end, candidates, original } = compiler.complete(declarations, code, cursor);
  const names = candidates.filter((name) => !isInner(name)).slice(0, most);
  const kinds = new Map(original?.entries.map(({ name, kind }) => [name, kind]));
  const [from, to] = [codePoints(code, start), codePoints(code, end)];
  return {
    status: "ok",
    matches: names,
    cursor_start: from,
    cursor_end: to,
    metadata: {
      _jupyter_types_experimental: names.map((text) => ({
        text,
        type: kindName(kinds.get(text)),
        start: from,
        end: to,
      })),
    },
  };
}

/** What the kernel itself puts into a cell's scope. */
function isInner(name: string): boolean {
  return name.startsWith("__tslab__") || /^tsLastExpr\d*$/.test(name);
}

/** The compiler's kinds in the words for which JupyterLab has signs. */
function kindName(kind: string | undefined): string {
  switch (kind) {
    case undefined:
      return "<unknown>";
    case "method":
    case "local function":
      return "function";
    case "const":
    case "let":
    case "var":
    case "local var":
    case "parameter":
    case "alias":
      return "variable";
    case "getter":
    case "setter":
    case "property":
      return "property";
    case "external module name":
      return "module";
    default:
      return kind;
  }
}
