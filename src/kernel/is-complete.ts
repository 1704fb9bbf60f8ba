import type { Fields } from "./message.js";
import type { TypeScript } from "./tslab.js";
import { tslabRequire } from "./tslab.js";

type IsCompleteCode = typeof import("tslab/dist/converter.js").isCompleteCode;

/** The content of an is_complete_reply: whether Enter should run the code, or open a new line. */
export function isComplete(typescript: TypeScript, code: string): Fields {
  const { isCompleteCode } = tslabRequire("./converter.js") as { isCompleteCode: IsCompleteCode };
  const { completed, indent } = isCompleteCode(code);
  if (!completed) return { status: "incomplete", indent: indent ?? "" };
  const file = typescript.createSourceFile(
    "cell.ts",
    `export {};${code}`,
    typescript.ScriptTarget.Latest,
    false,
  );
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly { code: number }[] };
  if (parseDiagnostics.length === 0) return { status: "complete" };
  return isUnfinished(parseDiagnostics) ? { status: "incomplete", indent: "" } : { status: "invalid" };
}

/** Texts and comments that are not closed yet. */
function isUnfinished(diagnostics: readonly { code: number }[]): boolean {
  const unterminatedTemplate = 1160;
  const openComment = 1010;
  return diagnostics.some(({ code }) => code === unterminatedTemplate || code === openComment);
}
