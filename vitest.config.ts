import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.{ts,js}"],
    // Native TensorFlow can't be loaded in worker threads, and takes two cores by itself.
    pool: "forks",
    maxWorkers: 2,
    setupFiles: ["test/laws/seed.ts"],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
