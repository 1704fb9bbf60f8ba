import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tree } from "./packed.js";

test("the public words' pages are made without a warning", { timeout: 180_000 }, () => {
  const typedoc = join(tree, "node_modules", "typedoc", "bin", "typedoc");
  const options = { cwd: tree, encoding: "utf8", stdio: "pipe" } as const;
  const out = execFileSync(process.execPath, [typedoc, "--emit", "none", "--logLevel", "Warn"], options);
  expect(out.trim()).toBe("");
});
