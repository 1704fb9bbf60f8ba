import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ownInstaller } from "../../setup/engine-installer.js";
import { folderWith } from "./folder.js";

const say = () => {};

test("an installer that ends well and leaves a binding is done", async () => {
  const stage = folderWith({ "scripts/install.js": 'require("fs").mkdirSync("lib")' });
  await ownInstaller(stage, { tree: folderWith(), say });
  expect(existsSync(join(stage, "lib"))).toBe(true);
});

test("an installer that finds the project's packages runs from a copy of its own", async () => {
  const tree = folderWith({ "node_modules/needed/index.js": 'module.exports = "lib"' });
  const stage = folderWith({ "scripts/install.js": 'require("fs").mkdirSync(require("needed"))' });
  await ownInstaller(stage, { tree, say });
  expect(existsSync(join(stage, "lib"))).toBe(true);
});

test.each([
  [
    "throws",
    'throw new Error("getaddrinfo ENOTFOUND")',
    /its own installer failed \(Error: getaddrinfo ENOTFOUND\)/,
  ],
  ["ends well but leaves nothing", "", /its own installer failed/],
])("an installer that %s is a failure with its reason", async (_, script, reason) => {
  const stage = folderWith({ "scripts/install.js": script });
  await expect(ownInstaller(stage, { tree: folderWith(), say })).rejects.toThrow(reason);
});

test("an installer that hangs is ended when its time is up", async () => {
  const stage = folderWith({ "scripts/install.js": "setInterval(() => {}, 1000)" });
  const started = Date.now();
  await expect(ownInstaller(stage, { tree: folderWith(), say, limit: 500 })).rejects.toThrow(
    "its own installer had not finished after 0.5 s",
  );
  expect(Date.now() - started).toBeLessThan(10_000);
});
