import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,js}"],
    // Native TensorFlow can't be loaded in worker threads, and takes two cores by itself.
    pool: "forks",
    maxWorkers: 2,
    setupFiles: ["test/laws/seed.ts"],
    // Interrupts race with whatever else the machine does: one "before the first cell" was missed once on a loaded machine
    // and never again. A test that passes on its second try is reported as such.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
