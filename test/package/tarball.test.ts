import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, expect, test } from "vitest";
import { pack, tree } from "./packed.js";

const packed = pack();
afterAll(() => packed.remove());

test("publint finds nothing to say about the package", async () => {
  const { messages, pkg } = await publint({
    pack: { tarball: new Uint8Array(readFileSync(packed.tarball)).buffer },
    strict: true,
  });
  expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
});

test("its types are found right by every way of looking for them", async () => {
  const analysis = await checkPackage(
    createPackageFromTarballData(new Uint8Array(readFileSync(packed.tarball))),
  );
  if (!analysis.types) throw new Error("the package has no types");
  // An ES module read by `require`: right on every Node that the package supports.
  const problems = analysis.problems.filter(({ kind }) => kind !== "CJSResolvesToESM");
  expect(problems).toEqual([]);
});

test("its command is there as soon as the kernel is", () => {
  const { bin } = JSON.parse(readFileSync(join(packed.home, "package.json"), "utf8"));
  const kernel = existsSync(join(tree, "src", "kernel", "main.ts"));
  expect(bin).toEqual(kernel ? { deconvnet: "dist/kernel/main.js" } : undefined);
});
