import type { TypeScript, ts } from "./tslab.js";

/**
 * What is changed in compiled code before it becomes CommonJS:
 * - `await x` → `__tslab__.resume(await x)`, and each turn of `for await` begins with `__tslab__.resume()`;
 * - `import(x)` → `__tslab__.load(x)`, which also loads what `require` can't;
 * - `exports.f()`, which tslab writes for a function of an earlier cell, → `(0, exports.f)()`: it has no `this`;
 * - `"./other.ts"` in an import → `"./other.js"`, as the compiled file is called.
 */
export function rewrite(typescript: TypeScript): ts.TransformerFactory<ts.SourceFile> {
  const { factory, SyntaxKind } = typescript;
  const call = (name: string, values: readonly ts.Expression[]) =>
    factory.createCallExpression(
      factory.createPropertyAccessExpression(factory.createIdentifier("__tslab__"), name),
      undefined,
      values,
    );
  const renamed = (specifier: ts.Expression) =>
    typescript.isStringLiteral(specifier) && /^\.\.?\/.*\.ts$/.test(specifier.text)
      ? factory.createStringLiteral(specifier.text.replace(/\.ts$/, ".js"))
      : specifier;

  return (context) => (file) => {
    const visit = (node: ts.Node): ts.Node => {
      const inner = typescript.visitEachChild(node, visit, context);
      if (typescript.isAwaitExpression(inner)) return call("resume", [inner]);
      if (typescript.isForOfStatement(inner) && inner.awaitModifier) {
        const statements = [factory.createExpressionStatement(call("resume", [])), inner.statement];
        return factory.updateForOfStatement(
          inner,
          inner.awaitModifier,
          inner.initializer,
          inner.expression,
          factory.createBlock(statements, true),
        );
      }
      if (typescript.isCallExpression(inner) && inner.expression.kind === SyntaxKind.ImportKeyword) {
        return call("load", inner.arguments.map(renamed));
      }
      if (typescript.isCallExpression(inner) && isVariable(typescript, inner.expression)) {
        const plain = factory.createComma(factory.createNumericLiteral(0), inner.expression);
        const callee = typescript.setTextRange(
          factory.createParenthesizedExpression(plain),
          inner.expression,
        );
        return factory.updateCallExpression(inner, callee, undefined, inner.arguments);
      }
      if (typescript.isImportDeclaration(inner)) {
        return factory.updateImportDeclaration(
          inner,
          inner.modifiers,
          inner.importClause,
          renamed(inner.moduleSpecifier),
          inner.assertClause,
        );
      }
      if (typescript.isExportDeclaration(inner) && inner.moduleSpecifier) {
        return factory.updateExportDeclaration(
          inner,
          inner.modifiers,
          inner.isTypeOnly,
          inner.exportClause,
          renamed(inner.moduleSpecifier),
          inner.assertClause,
        );
      }
      return inner;
    };
    return typescript.visitEachChild(file, visit, context);
  };
}

function isVariable(typescript: TypeScript, node: ts.Expression): boolean {
  return (
    typescript.isPropertyAccessExpression(node) &&
    typescript.isIdentifier(node.expression) &&
    node.expression.text === "exports"
  );
}
