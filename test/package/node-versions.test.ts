import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { nodeOfVersion } from "./other-node.js";
import { tree } from "./packed.js";

const folder = mkdtempSync(join(tmpdir(), "deconvnet-node-"));
beforeAll(() => {
  execFileSync(process.execPath, [join(tree, "setup", "build.js")], { stdio: "pipe" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the end-to-end script says under a version of Node, and the picture that it saved. */
function said(version: string): Record<string, unknown> & { picture: Buffer } {
  const picture = join(folder, `${version}.png`);
  const program = join(tree, "test", "package", "on-this-node.js");
  const { NODE_OPTIONS: _, ...env } = process.env;
  const { stdout, stderr } = spawnSync(nodeOfVersion(version), [program, picture], { encoding: "utf8", env });
  expect(stderr).toBe("");
  return { ...JSON.parse(stdout.trim().split("\n").at(-1)!), picture: readFileSync(picture) };
}

test.each(["20.19.0", "22.12.0", "22.23.3", "24.21.0"])(
  "Node %s loads the native engine, and the strongest conv5_1 unit of the cat comes down to the same pixels",
  (version) => {
    const { picture, value, peak, ...rest } = said(version);
    expect(rest).toEqual({
      node: `v${version}`,
      engine: "native",
      filtered: [[12, 16]],
      unit: { layer: "conv5_1", map: 479, y: 5, x: 4 },
      // 16 · 5 − 58 and 16 · 4 − 58: the receptive fields of neighbours lie 16 apart, the first overhangs by 58.
      window: { y: 22, x: 6, height: 132, width: 132 },
    });
    expect(value).toBeCloseTo(1188.8, 0);
    expect(peak).toBeGreaterThan(0);
    expect([...picture.subarray(1, 4)]).toEqual([..."PNG"].map((letter) => letter.charCodeAt(0)));
  },
);
