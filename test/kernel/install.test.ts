import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { main } from "./spawned-kernel.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kernel-install-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const deconvnet = (words: readonly string[], env: NodeJS.ProcessEnv = {}): string =>
  execFileSync(process.execPath, [main, ...words], {
    encoding: "utf8",
    env: { ...process.env, ...env },
    stdio: "pipe",
  });

const specOf = (at: string) => JSON.parse(readFileSync(join(at, "kernel.json"), "utf8"));

test("install --prefix writes a kernelspec whose paths are absolute", () => {
  const said = deconvnet(["install", "--prefix", folder]);
  const kernel = join(folder, "share", "jupyter", "kernels", "deconvnet");
  expect(said).toContain(kernel);
  const spec = specOf(kernel);
  expect(spec).toMatchObject({
    display_name: "TypeScript (deconvnet)",
    language: "typescript",
    interrupt_mode: "message",
  });
  expect(spec.argv[0]).toBe(process.execPath);
  expect(isAbsolute(spec.argv.find((word: string) => word.endsWith("main.js")))).toBe(true);
  expect(spec.argv.slice(-4)).toEqual(["--connection-file", "{connection_file}", "--prelude", "deconvnet"]);
});

test("logos come along", () => {
  deconvnet(["install", "--prefix", folder]);
  const kernel = join(folder, "share", "jupyter", "kernels", "deconvnet");
  for (const size of [32, 64]) {
    const png = readFileSync(join(kernel, `logo-${size}x${size}.png`));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
  expect(readFileSync(join(kernel, "logo-svg.svg"), "utf8")).toContain("<svg");
});

test("install --user writes to the user's own folder, which is the default too", () => {
  deconvnet(["install", "--user"], { JUPYTER_DATA_DIR: folder });
  expect(existsSync(join(folder, "kernels", "deconvnet", "kernel.json"))).toBe(true);
  deconvnet(["uninstall"], { JUPYTER_DATA_DIR: folder });
  expect(existsSync(join(folder, "kernels", "deconvnet"))).toBe(false);
});

test("install --sys-prefix writes into the active environment", () => {
  deconvnet(["install", "--sys-prefix"], { VIRTUAL_ENV: folder });
  expect(existsSync(join(folder, "share", "jupyter", "kernels", "deconvnet", "kernel.json"))).toBe(true);
});

test("a prelude's relative path becomes absolute; --no-prelude leaves it out", () => {
  deconvnet(["install", "--prefix", folder, "--prelude", "./mine.js"]);
  const kernel = join(folder, "share", "jupyter", "kernels", "deconvnet");
  expect(specOf(kernel).argv.at(-1)).toBe(join(process.cwd(), "mine.js"));
  deconvnet(["install", "--prefix", folder, "--no-prelude"]);
  expect(specOf(kernel).argv).not.toContain("--prelude");
});

test("uninstall leaves another one's kernel alone", () => {
  const kernel = join(folder, "share", "jupyter", "kernels", "deconvnet");
  mkdirSync(kernel, { recursive: true });
  writeFileSync(join(kernel, "kernel.json"), '{"argv": ["other"]}');
  expect(() => deconvnet(["uninstall", "--prefix", folder])).toThrow(/another one's/);
  expect(existsSync(join(kernel, "kernel.json"))).toBe(true);
});

test("two places at once are refused in words", () => {
  expect(() => deconvnet(["install", "--user", "--prefix", folder])).toThrow(/give one of/);
});

test("a connection file that is missing or wrong is said in words", () => {
  const path = join(folder, "connection.json");
  expect(() => deconvnet(["kernel", "--connection-file", path])).toThrow(/ENOENT/);
  writeFileSync(path, '{"ip": "127.0.0.1", "key": "k", "shell_port": 0}');
  expect(() => deconvnet(["kernel", "--connection-file", path])).toThrow(
    /shell_port is 0, wanted a port's number/,
  );
});
