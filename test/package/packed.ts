import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's own folder. */
export const tree: string = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The package as its users get it. */
export interface Packed {
  /** The tarball that would be published. */
  readonly tarball: string;
  /** A project of somebody else's, with the tarball unpacked into its node_modules. */
  readonly project: string;
  /** The unpacked package. */
  readonly home: string;
  remove(): void;
}

/** Builds what isn't built, and packs it. */
export function pack(): Packed {
  const folder = mkdtempSync(join(tmpdir(), "deconvnet-packed-"));
  execFileSync(process.execPath, [join(tree, "setup", "build.js")], { stdio: "pipe" });
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], {
    cwd: tree,
    stdio: "pipe",
    shell: process.platform === "win32",
  });
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz"))!);
  const home = join(folder, "project", "node_modules", "deconvnet");
  mkdirSync(home, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", home]);
  // The one thing a notebook's project has besides: Node's own types. Copied, since a link leads back to this tree.
  for (const name of ["@types/node", "undici-types"])
    cpSync(join(tree, "node_modules", name), join(folder, "project", "node_modules", name), {
      recursive: true,
    });
  return {
    tarball,
    project: join(folder, "project"),
    home,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
