/** `npm test`: set-up, then every check and every test. Arguments go to vitest: `npm test -- test/maps`. */
import { join } from "node:path";
import { findChromium } from "./chromium.js";
import { npm } from "./packages.js";
import { main, prepare } from "./prepare.js";
import { handOver } from "./run.js";
import { step } from "./steps.js";
import { tree } from "./tree.js";

await main(async () => {
  await prepare("requirements-test.txt");
  const chromium = await step("Browser", findChromium);
  const env = { CHROME_PATH: chromium };
  const { command, first } = npm();
  const checked = await handOver(command, [...first, "run", "--silent", "check"], { cwd: tree });
  const vitest = join(tree, "node_modules", "vitest", "vitest.mjs");
  const tested = await handOver(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
    cwd: tree,
    env,
  });
  if (checked !== 0) console.error("\n`npm run check` failed: see above the tests.");
  return checked || tested;
});
