/** npm puts the compiler and Node's types beside tslab or inside of it, as other packages' versions let it. */
import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { main, root, SpawnedKernel } from "./spawned-kernel.js";

const tree = realpathSync(mkdtempSync(join(tmpdir(), "kernel-nested-")));
const inside = join(tree, "node_modules", "tslab", "node_modules");
const nested = ["@tslab/typescript-for-tslab", "@types/node"];
let kernel: SpawnedKernel;

beforeAll(async () => {
  const packages = join(root, "node_modules");
  cpSync(join(root, "package.json"), join(tree, "package.json"));
  cpSync(dirname(main), join(tree, "dist", "kernel"), { recursive: true });
  cpSync(join(packages, "tslab"), join(tree, "node_modules", "tslab"), { recursive: true });
  for (const name of nested) cpSync(join(packages, name), join(inside, name), { recursive: true });
  for (const name of readdirSync(packages)) {
    if (["tslab", "@tslab", "@types"].includes(name) || name.startsWith(".")) continue;
    symlinkSync(join(packages, name), join(tree, "node_modules", name), "junction");
  }
  kernel = await SpawnedKernel.start({ program: join(tree, "dist", "kernel", "main.js") });
});
afterAll(async () => {
  await kernel?.stop();
  rmSync(tree, { recursive: true, force: true });
});

test("a kernel whose compiler lies inside tslab says its version, and knows Node's types", async () => {
  const { content } = await kernel.ask("shell", "kernel_info_request", {});
  expect(content.language_info.version).toMatch(/^5\./);
  const ran = await kernel.run(
    "import { sep } from 'node:path'; const one: string = sep; console.log(one.length)",
  );
  expect(ran.traceback).toBe("");
  expect(ran.stdout).toBe("1\n");
  const wrong = await kernel.run("const two: number = sep");
  expect(wrong.traceback).toContain("'string' is not assignable to type 'number'");
});
