import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { checkNode, findPython } from "../../setup/machine.js";
import { folderWith } from "./folder.js";

afterEach(() => vi.unstubAllEnvs());

test.each(["20.19.0", "20.20.2", "22.12.0", "22.21.1", "24.0.0", "25.1.0"])("Node %s will do", (version) => {
  expect(() => checkNode(version)).not.toThrow();
});

test.each(["18.20.0", "20.18.3", "21.7.3", "22.11.0"])(
  "Node %s is refused, and the words say what to install",
  (version) => {
    expect(() => checkNode(version)).toThrow(`this is Node ${version}; 20.19 or later is needed`);
  },
);

/** A program that answers as a Python would: its version, and what it prints when asked for venv. */
function pythonThat(/** @type {string} */ version, venv = "exit 0") {
  const path = join(folderWith(), "python");
  writeFileSync(path, `#!/bin/sh\ncase "$2" in *platform*) echo ${version};; *) ${venv};; esac\n`);
  chmodSync(path, 0o755);
  return path;
}

test.skipIf(process.platform === "win32")("the Python that $PYTHON names is taken", async () => {
  const python = pythonThat("3.10.14");
  vi.stubEnv("PYTHON", python);
  expect(await findPython()).toEqual({ python, version: "3.10.14" });
});

test.skipIf(process.platform === "win32")("an old Python is refused with its version", async () => {
  vi.stubEnv("PYTHON", pythonThat("3.9.2"));
  await expect(findPython()).rejects.toThrow(/Python 3.10 or later is needed, .* is 3.9.2/);
});

test.skipIf(process.platform !== "linux")("a Python without venv names Debian's package", async () => {
  vi.stubEnv("PYTHON", pythonThat("3.11.2", "echo \"No module named 'ensurepip'\"; exit 1"));
  await expect(findPython()).rejects.toThrow(/has no venv \(No module named 'ensurepip'\).*python3-venv/);
});

test("where no Python runs, the words say what to install", async () => {
  vi.stubEnv("PYTHON", "no-such-python");
  await expect(findPython()).rejects.toThrow(/Python 3.10 or later is needed, none of no-such-python runs/);
});
