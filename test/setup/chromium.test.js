import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { findChromium } from "../../setup/chromium.js";
import { folderWith } from "./folder.js";

afterEach(() => vi.unstubAllEnvs());
const say = () => {};

/** A folder with a program of this name in it. */
function folderWithProgram(/** @type {string} */ name) {
  const folder = folderWith();
  writeFileSync(join(folder, name), "#!/bin/sh\n");
  chmodSync(join(folder, name), 0o755);
  return folder;
}

test("the browser that $CHROME_PATH names is taken", async () => {
  const program = join(folderWithProgram("my-browser"), "my-browser");
  vi.stubEnv("CHROME_PATH", program);
  expect(await findChromium(say)).toBe(program);
});

test("a $CHROME_PATH that is no program is refused, not passed over", async () => {
  vi.stubEnv("CHROME_PATH", join(folderWith(), "none"));
  await expect(findChromium(say)).rejects.toThrow(/\$CHROME_PATH is .*, which is no program/);
});

test.skipIf(process.platform === "win32")(
  "a Chromium on the path is found, before a Chrome further on",
  async () => {
    const [first, second] = [folderWithProgram("chromium"), folderWithProgram("google-chrome")];
    vi.stubEnv("CHROME_PATH", "");
    vi.stubEnv("PATH", `${first}:${second}`);
    expect(await findChromium(say)).toBe(join(first, "chromium"));
  },
);
