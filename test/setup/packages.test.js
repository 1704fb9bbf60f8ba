import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { differenceIn } from "../../setup/packages.js";
import { folderWith } from "./folder.js";

const lock = {
  packages: {
    "": { name: "deconvnet" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/mac-only": { version: "2.0.0", integrity: "sha512-m", optional: true },
  },
};

/** A project whose node_modules npm says to hold these. */
function projectWith(/** @type {Record<string, { version: string, integrity: string }>} */ packages) {
  const tree = folderWith({ "package-lock.json": JSON.stringify(lock) });
  for (const path of Object.keys(packages)) {
    mkdirSync(join(tree, path), { recursive: true });
    writeFileSync(join(tree, path, "package.json"), "{}");
  }
  writeFileSync(join(tree, "node_modules", ".package-lock.json"), JSON.stringify({ packages }));
  return tree;
}

const a = { version: "1.0.0", integrity: "sha512-a" };

test("what npm put there as the lock says needs no installing, also without what is for other platforms", () => {
  expect(differenceIn(projectWith({ "node_modules/a": a }))).toBeUndefined();
});

test("a folder that npm didn't finish is installed again", () => {
  const tree = projectWith({ "node_modules/a": a });
  rmSync(join(tree, "node_modules", ".package-lock.json"));
  expect(differenceIn(tree)).toBe("nothing is installed yet");
});

test("another version, other bytes, a missing, an extra and a removed package are each named", () => {
  const of = (/** @type {Parameters<typeof projectWith>[0]} */ packages) =>
    differenceIn(projectWith(packages));
  expect(of({ "node_modules/a": { ...a, version: "1.0.1" } })).toBe("node_modules/a is 1.0.1, not 1.0.0");
  expect(of({ "node_modules/a": { ...a, integrity: "sha512-b" } })).toMatch(/^node_modules\/a /);
  expect(of({ "node_modules/mac-only": { version: "2.0.0", integrity: "sha512-m" } })).toBe(
    "node_modules/a is missing",
  );
  expect(of({ "node_modules/a": a, "node_modules/b": a })).toBe("node_modules/b is not in package-lock.json");
  const tree = projectWith({ "node_modules/a": a });
  rmSync(join(tree, "node_modules", "a"), { recursive: true });
  expect(differenceIn(tree)).toBe("node_modules/a was removed");
});
