import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import Module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { SpawnedKernel } from "./spawned-kernel.js";

const data = mkdtempSync(join(tmpdir(), "kernel-compiled-"));
const kept = join(data, "deconvnet", "compiled");
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function firstCell(): Promise<string | undefined> {
  const kernel = await SpawnedKernel.start({ env: { JUPYTER_DATA_DIR: data } });
  try {
    const { result } = await kernel.run("const x: number = 1; x + 1");
    if (!("enableCompileCache" in Module)) await vi.waitFor(() => files(), 20_000);
    return result;
  } finally {
    await kernel.stop();
  }
}

function files(): string[] {
  return readdirSync(kept).filter((name) => name.endsWith("typescript.js"));
}

// Node 22 and later keep what they compiled elsewhere, and by themselves.
test.runIf(!("enableCompileCache" in Module))(
  "the compiled compiler is kept for the next kernel, for the user alone; a spoilt file harms nothing",
  async () => {
    expect(await firstCell()).toBe("2");
    const [file] = files();
    const path = join(kept, file);
    const { mtimeMs, size } = statSync(path);
    expect(size).toBeGreaterThan(1_000_000);
    if (process.platform !== "win32") expect(statSync(kept).mode & 0o077).toBe(0);

    expect(await firstCell()).toBe("2");
    expect(statSync(path).mtimeMs).toBe(mtimeMs);

    const bytes = readFileSync(path);
    writeFileSync(path, bytes.subarray(0, bytes.length / 2).fill(1, 100));
    expect(await firstCell()).toBe("2");
    await vi.waitFor(() => expect(files()).toEqual([file]));
  },
);
