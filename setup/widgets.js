import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * Bundles the browser's side: every folder of widgets/ that has an index.ts becomes one ES module, with its style sheet
 * beside it. Each stands by itself, since a notebook imports it from a blob.
 *
 * @param {string} root
 * @param {string} to the folder that gets them
 */
export async function bundleWidgets(root, to) {
  // Not at the top: set-up starts before any package is there.
  const esbuild = await import("esbuild");
  const from = join(root, "widgets");
  const named = readdirSync(from).filter((name) => existsSync(join(from, name, "index.ts")));
  await esbuild.build({
    entryPoints: named.map((name) => ({ in: join(from, name, "index.ts"), out: name })),
    absWorkingDir: root,
    outdir: to,
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    minify: true,
    legalComments: "inline",
    logLevel: "warning",
  });
}
