/** `jupyter console` on a pseudo-terminal, with its own prompt. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cells, Workplace } from "./workplace.js";

const types = fileURLToPath(new URL("console.py", import.meta.url));

let workplace: Workplace;
beforeAll(async () => {
  workplace = await Workplace.open();
});
afterAll(() => workplace.close());

test.skipIf(process.platform === "win32")("cells typed into jupyter console are run there", async () => {
  const picture = join(workplace.folder, "shown.png");
  const ran = await workplace.python(types, picture, ...cells);
  expect(ran.code, ran.stderr).toBe(0);
  const { banner, shown, code } = JSON.parse(ran.stdout) as { banner: string; shown: string[]; code: number };
  expect(banner).toMatch(/TypeScript \d/);
  expect(shown[0]).toContain("printed by a\n");
  // The console hands pictures to a program of the user's choice.
  expect(readFileSync(picture).subarray(1, 4).toString()).toBe("PNG");
  expect(shown[2]).toContain("RangeError: too far");
  expect(shown[3]).toContain("'string' is not assignable to type 'number'");
  expect(shown[4]).toMatch(/Out\[5\]: 'after'/);
  expect(code).toBe(0);
});
