import { Writable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { SetupError } from "../../setup/setup-error.js";
import { step } from "../../setup/steps.js";

/** A terminal, or a file, that keeps what is written to it. */
function paper(/** @type {boolean} */ isTTY) {
  let text = "";
  const out = new Writable({
    write(bytes, _, done) {
      text += bytes;
      done();
    },
  });
  Object.assign(out, { isTTY, columns: 60 });
  return { out: /** @type {NodeJS.WriteStream} */ (/** @type {unknown} */ (out)), text: () => text };
}

test("without a terminal a quick step is one plain line, and its result is handed on", async () => {
  const { out, text } = paper(false);
  const build = async (/** @type {import("../../setup/steps.js").Say} */ say) => {
    say("compiling", 1, 2);
    say("made");
    return 7;
  };
  const result = await step("Build", build, out);
  expect(result).toBe(7);
  expect(text()).toBe("✓ Build: made\n");
});

test("without a terminal a step that takes longer says so before it ends", async () => {
  const { out, text } = paper(false);
  const build = (/** @type {import("../../setup/steps.js").Say} */ say) => {
    say("compiling", 1, 2);
    return pause(1700);
  };
  await step("Build", build, out);
  expect(text().split("\n")[0]).toMatch(/^ {2}Build: compiling █+░+ 50 % \(\d s\)$/);
});

test("on a terminal one line is drawn over and over, and never wraps", async () => {
  const { out, text } = paper(true);
  const fetching = async (/** @type {import("../../setup/steps.js").Say} */ say) => {
    say("x".repeat(100));
    say("downloading", 3, 4);
    say("there");
  };
  await step("Weights", fetching, out);
  const drawn = text().split("\r\x1b[2K");
  expect(drawn[1]).toHaveLength(59);
  expect(drawn[2]).toContain("75 %");
  expect(drawn.at(-1)).toBe("✓ Weights: there\n");
  expect(text().match(/\n/g)).toHaveLength(1);
});

test("a step that can't go on ends its line with the reason", async () => {
  const { out, text } = paper(false);
  const failing = step("Python", () => Promise.reject(new SetupError("there is none")), out);
  await expect(failing).rejects.toThrow("there is none");
  expect(text()).toBe("✗ Python: there is none\n");
});
