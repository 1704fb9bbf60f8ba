import type { TypeScript, ts } from "./tslab.js";

/** Whether a cell awaits outside of every function: `await`, `for await`, in any place and form. */
export function awaitsAtTopLevel(typescript: TypeScript, file: ts.SourceFile): boolean {
  const look = (node: ts.Node): boolean => {
    if (typescript.isAwaitExpression(node)) return true;
    if (typescript.isForOfStatement(node) && node.awaitModifier) return true;
    if (typescript.isFunctionLike(node) || typescript.isClassStaticBlockDeclaration(node)) return false;
    return typescript.forEachChild(node, look) ?? false;
  };
  return look(file);
}
