import type { Compiler } from "./compiler.js";
import type { Fields } from "./message.js";
import type { ts } from "./tslab.js";

/** The content of an inspect_reply: the type and the documentation of what stands at the cursor. */
export function inspectAt(compiler: Compiler, declarations: string, code: string, cursor: number): Fields {
  const info =
    compiler.inspect(declarations, code, cursor) ??
    // Behind the last letter of a name, and inside the brackets of a call, the name before is meant.
    compiler.inspect(declarations, code, nameBefore(code, cursor));
  if (!info) return { status: "ok", found: false, data: {}, metadata: {} };
  const signature = tidy(text(info.displayParts));
  const documentation = text(info.documentation);
  const tags = (info.tags ?? []).flatMap(tagText);
  const plain = [signature, documentation, tags.join("\n")].filter(Boolean).join("\n\n");
  const markdown = [
    `\`\`\`typescript\n${signature}\n\`\`\``,
    documentation,
    tags.map(markdownTag).join("\n\n"),
  ]
    .filter(Boolean)
    .join("\n\n");
  return {
    status: "ok",
    found: true,
    data: { "text/plain": plain, "text/markdown": markdown },
    metadata: {},
  };
}

/** The name that ends at the cursor; else the function whose brackets are open there. */
function nameBefore(code: string, cursor: number): number {
  if (/[\w$]/.test(code[cursor - 1] ?? "")) return cursor - 1;
  let depth = 0;
  for (let at = cursor - 1; at >= 0; at--) {
    if (code[at] === ")") depth++;
    else if (code[at] === "(" && depth-- === 0) return Math.max(0, code.slice(0, at).trimEnd().length - 1);
  }
  return 0;
}

function text(parts: readonly ts.SymbolDisplayPart[] | undefined): string {
  return (parts ?? []).map((part) => part.text).join("");
}

/** A name that comes from another cell's import or from the prelude is, to the user, what it names. */
function tidy(signature: string): string {
  return signature
    .replace(/^\(alias\) /, "")
    .replace(/\nimport [^\n]+$/, "")
    .replace(/import\("[^"]*"\)\./g, "");
}

function tagText(tag: ts.JSDocTagInfo): string[] {
  return [`@${tag.name} ${text(tag.text)}`.trimEnd()];
}

function markdownTag(tag: string): string {
  const example = /^@example\s+([\s\S]*)$/.exec(tag);
  if (!example) return tag.replace(/^@(\w+)/, "*@$1*");
  const code = example[1];
  return code.startsWith("```") ? `*@example*\n\n${code}` : `*@example*\n\n\`\`\`typescript\n${code}\n\`\`\``;
}
