import type { TypeScript, ts } from "./tslab.js";

/** A module whose exports every cell has in its scope. */
export interface ScopeModule {
  /** As cells' declarations import it. */
  readonly specifier: string;
  readonly names: readonly string[];
  /** Loads it, when one of its names is first used. */
  readonly load: () => Readonly<Record<string, unknown>>;
}

/**
 * The declarations that the first cell finds: imports, whose types and docs the compiler shows like any
 * other's. A name that a cell declares itself takes an import's place, as it does between cells. Of two
 * modules with the same name the later one's counts.
 */
export function scopeDeclarations(modules: readonly ScopeModule[]): string {
  const taken = new Set<string>();
  const lines = [...modules].reverse().map(({ specifier, names }) => {
    const own = names.filter((name) => !taken.has(name));
    for (const name of own) taken.add(name);
    return own.length === 0 ? "" : `import { ${own.join(", ")} } from ${JSON.stringify(specifier)};\n`;
  });
  return lines.reverse().join("");
}

/**
 * Puts the names under the object that holds the cells' variables, as its prototype: they are found where
 * the user has no variable of that name.
 */
export function putInScope(variables: object, modules: readonly ScopeModule[]): void {
  const scope = {};
  for (const { names, load } of modules) {
    for (const name of names) {
      Object.defineProperty(scope, name, {
        configurable: true,
        get: () => load()[name],
        set(value: unknown) {
          Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
        },
      });
    }
  }
  Object.setPrototypeOf(variables, scope);
}

/** The names that a module exports, types among them, read from its declarations. */
export function exportedNames(
  typescript: TypeScript,
  fileName: string,
  program: { getSourceFile(path: string): ts.SourceFile | undefined },
  resolve: (specifier: string, from: string) => string | undefined,
): string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  const read = (path: string | undefined) => {
    const file = path && !seen.has(path) ? program.getSourceFile(path) : undefined;
    if (!file || !path) return;
    seen.add(path);
    for (const statement of file.statements) {
      if (typescript.isExportDeclaration(statement)) {
        const { exportClause, moduleSpecifier } = statement;
        if (exportClause && typescript.isNamedExports(exportClause)) {
          for (const { name } of exportClause.elements) names.add(name.text);
        } else if (exportClause) {
          names.add(exportClause.name.text);
        } else if (moduleSpecifier && typescript.isStringLiteral(moduleSpecifier)) {
          read(resolve(moduleSpecifier.text, path));
        }
      } else if (isExported(typescript, statement)) {
        for (const name of declaredNames(typescript, statement)) names.add(name);
      }
    }
  };
  read(fileName);
  names.delete("default");
  return [...names];
}

function isExported(typescript: TypeScript, statement: ts.Statement): boolean {
  if (!typescript.canHaveModifiers(statement)) return false;
  const modifiers = typescript.getModifiers(statement) ?? [];
  const has = (kind: ts.SyntaxKind) => modifiers.some((modifier) => modifier.kind === kind);
  return has(typescript.SyntaxKind.ExportKeyword) && !has(typescript.SyntaxKind.DefaultKeyword);
}

function declaredNames(typescript: TypeScript, statement: ts.Statement): string[] {
  if (typescript.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) =>
      typescript.isIdentifier(name) ? [name.text] : [],
    );
  }
  const { name } = statement as ts.DeclarationStatement;
  return name && typescript.isIdentifier(name) ? [name.text] : [];
}
