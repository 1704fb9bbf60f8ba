import type { TypeScript, ts } from "./tslab.js";

/**
 * Writes `{ name: exports.name }` where a cell says `{ name }` of an earlier cell's variable, in objects and in what is
 * assigned by `({ name } = …)`. tslab does this to every other mention of one; of a shorthand it asks which property it
 * is, not which variable.
 */
export function spellOutShorthands(
  typescript: TypeScript,
  checker: ts.TypeChecker,
): ts.TransformerFactory<ts.SourceFile> {
  const { factory } = typescript;
  const isOfEarlierCell = (node: ts.ShorthandPropertyAssignment): boolean => {
    const { declarations = [] } = checker.getShorthandAssignmentValueSymbol(node) ?? {};
    return declarations.some((one) => one.getSourceFile().fileName.endsWith("/__prev__.d.ts"));
  };
  return (context) => (file) => {
    const visit = (node: ts.Node): ts.Node => {
      if (!typescript.isShorthandPropertyAssignment(node) || !isOfEarlierCell(node))
        return typescript.visitEachChild(node, visit, context);
      const { name, objectAssignmentInitializer } = node;
      const variable = factory.createPropertyAccessExpression(factory.createIdentifier("exports"), name.text);
      const otherwise =
        objectAssignmentInitializer && typescript.visitNode(objectAssignmentInitializer, visit);
      const value = otherwise ? factory.createAssignment(variable, otherwise as ts.Expression) : variable;
      return typescript.setTextRange(factory.createPropertyAssignment(name, value), node);
    };
    return typescript.visitEachChild(file, visit, context);
  };
}
