import { createRequire } from "node:module";
import { dirname } from "node:path";
import { newResolver, type Resolver } from "./resolve.js";
import { rewrite } from "./rewrite.js";
import { spellOutShorthands } from "./shorthand.js";
import { type SourceMaps, type Steps, takeInlineMap } from "./source-maps.js";
import { awaitsAtTopLevel } from "./top-level-await.js";
import type { TypeScript, ts } from "./tslab.js";
import { type Converter, type ConvertResult, loadConverter, loadTypeScript, tslabRequire } from "./tslab.js";

/** tslab puts `export {};` and a line break in front of every cell. */
const linesBefore = 1;

/** tslab's converter, mended; what it lets nobody set is set where it hands things to the compiler. */
export interface Compiler extends Converter {
  readonly typescript: TypeScript;
  /** The program as it stands after the last call. */
  program(): ts.Program;
  /** How an import of the given file would resolve. */
  resolve(specifier: string, from: string): string | undefined;
  /** What stack traces shall call the next cell. */
  nextName: string;
}

/** @param rootFiles further files whose types are wanted from the start */
export function newCompiler(maps: SourceMaps): Compiler {
  const typescript = loadTypeScript();
  let watch: ts.WatchOfConfigFile<ts.BuilderProgram> | undefined;
  let resolver: Resolver | undefined;
  const compiled = new Map<string, Steps>();

  const { createConverter } = loadConverter(typescript, {
    createWatchProgram: ((host: ts.WatchCompilerHostOfFilesAndCompilerOptions<ts.BuilderProgram>) => {
      Object.assign(host.options, compilerOptions(typescript));
      const { find, failed } = newResolver(typescript, host);
      resolver = { find, failed };
      host.resolveModuleNameLiterals = (literals, from) => literals.map(({ text }) => find(text, from));
      // Without these two the compiler looks for everything anew in every cell.
      host.hasInvalidatedResolutions = failed;
      const cache = typescript.createModuleResolutionCache(process.cwd(), (path) => path, host.options);
      host.getModuleResolutionCache = () => cache;
      watchOnlyOwnFiles(host);
      rewriteOnlyCells(typescript, host);
      watch = typescript.createWatchProgram(host) as never;
      return watch;
    }) as never,
    transpileModule: (code, options) => {
      const { code: bare, map } = takeInlineMap(code);
      const output = typescript.transpileModule(bare, {
        ...options,
        compilerOptions: { ...options.compilerOptions, sourceMap: true },
        transformers: { before: [rewrite(typescript)] },
      });
      output.outputText = output.outputText.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "\n");
      if (map && output.sourceMapText) {
        compiled.set(output.outputText, {
          first: map,
          second: output.sourceMapText,
          before: linesBefore,
          lines: output.outputText.split("\n").length - 1,
        });
      }
      return output;
    },
    getPreEmitDiagnosticsOfFiles: ((program: ts.Program, files: ts.SourceFile[]) =>
      preEmitDiagnostics(typescript)(program, files).filter(({ code }) => !isOfDeclarations(code))) as never,
  } as Partial<TypeScript>);
  const converter = createConverter();
  const program = () => watch!.getProgram().getProgram();

  const compiler: Compiler = {
    ...converter,
    typescript,
    program,
    resolve: (specifier, from) => resolver!.find(specifier, from).resolvedModule?.resolvedFileName,
    nextName: "",
    convert(declarations, source): ConvertResult {
      compiled.clear();
      const result = converter.convert(declarations, withoutExports(typescript, source));
      const cell = program().getSourceFiles().find(isCell);
      if (result.output && cell) {
        result.hasToplevelAwait = awaitsAtTopLevel(typescript, cell);
        const steps = compiled.get(result.output);
        if (steps) maps.add(compiler.nextName, steps);
        result.output += `\n//# sourceURL=${compiler.nextName}`;
      }
      for (const { path, data } of result.sideOutputs ?? []) {
        const steps = compiled.get(data);
        if (steps) maps.add(path, { ...steps, before: 0 });
      }
      return result;
    },
  };
  return compiler;
}

function compilerOptions(typescript: TypeScript): ts.CompilerOptions & { disableTopLevelAwait: boolean } {
  return {
    disableTopLevelAwait: false,
    lib: ["lib.es2023.d.ts"],
    inlineSourceMap: true,
    allowImportingTsExtensions: true,
    // All that lies in a folder of types would be read otherwise; what is imported is found without this.
    types: ["node"],
    typeRoots: [dirname(dirname(nodeTypes()))],
    moduleResolution: typescript.ModuleResolutionKind.Node10,
  };
}

/** npm puts `@types/node` beside us, beside tslab or inside it, as other packages' versions let it. */
function nodeTypes(): string {
  try {
    return createRequire(import.meta.url).resolve("@types/node/package.json");
  } catch {
    return tslabRequire.resolve("@types/node/package.json");
  }
}

/** The user's own files may change while the kernel runs; watching hundreds of others costs and gives nothing. */
function watchOnlyOwnFiles(host: ts.WatchHost): void {
  const { watchFile } = host;
  const unwatched: ts.FileWatcher = { close: () => {} };
  host.watchFile = (path, ...rest) =>
    path.includes("/node_modules/") ? unwatched : watchFile.call(host, path, ...rest);
  host.watchDirectory = () => unwatched;
}

/** tslab's changes to a cell (its last expression becomes a variable) would spoil imported files for the compiler. */
function rewriteOnlyCells(typescript: TypeScript, host: ts.WatchCompilerHost<ts.BuilderProgram>): void {
  const { afterProgramCreate } = host;
  host.afterProgramCreate = (builder) => {
    const { emit } = builder;
    builder.emit = (file, write, cancel, onlyDeclarations, transformers) => {
      const shorthands = spellOutShorthands(typescript, builder.getProgram().getTypeChecker());
      const mended = file && isCell(file) ? { ...transformers, before: [shorthands] } : undefined;
      return emit(file, write, cancel, onlyDeclarations, mended);
    };
    afterProgramCreate?.call(host, builder);
  };
}

function isCell({ fileName }: ts.SourceFile): boolean {
  return fileName.endsWith("/__tslab__.ts");
}

function preEmitDiagnostics(
  typescript: TypeScript,
): (program: ts.Program, files: ts.SourceFile[]) => ts.Diagnostic[] {
  return (typescript as unknown as { getPreEmitDiagnosticsOfFiles: ReturnType<typeof preEmitDiagnostics> })
    .getPreEmitDiagnosticsOfFiles;
}

/** Complaints about the declarations that tslab lets the compiler write between cells; no mistake of the user's. */
function isOfDeclarations(code: number): boolean {
  return (code >= 4000 && code < 5000) || code === 2742 || code === 7056;
}

/** All of a cell's names are exported anyway: the word `export` before a declaration is blanked out. */
function withoutExports(typescript: TypeScript, source: string): string {
  if (!/\bexport\b/.test(source)) return source;
  let text = source;
  const file = typescript.createSourceFile("cell.ts", source, typescript.ScriptTarget.Latest);
  for (const statement of file.statements) {
    if (!typescript.canHaveModifiers(statement)) continue;
    const modifiers = typescript.getModifiers(statement) ?? [];
    if (modifiers.some(({ kind }) => kind === typescript.SyntaxKind.DefaultKeyword)) continue;
    const word = modifiers.find(({ kind }) => kind === typescript.SyntaxKind.ExportKeyword);
    if (!word) continue;
    const start = word.getStart(file);
    text = text.slice(0, start) + " ".repeat(word.end - start) + text.slice(word.end);
  }
  return text;
}
