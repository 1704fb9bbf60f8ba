import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";

/** The rooms of `src/`, top to bottom: a file imports only from its own room and those above it. */
const rooms = [
  "errors.ts",
  "shown.ts",
  "maps.ts",
  "work.ts",
  "image",
  "network",
  "load",
  "engine",
  "seen.ts",
  "convnet",
  "deconvnet",
  "forward.ts",
  "select.ts",
  "seed.ts",
  "projection.ts",
  "descend.ts",
  "project.ts",
  "lessons",
  "show",
  "index.ts",
];

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && statSync(join("src", path)).isFile())
  .map((path) => path.replaceAll("\\", "/"));

function importsOf(path: string): string[] {
  const text = readFileSync(join("src", path), "utf8");
  return [...text.matchAll(/^(?:import|export)\s[^;]*?from\s+"(\.[^"]+)"/gm)].map(([, target]) =>
    relative("src", join("src", dirname(path), target))
      .replaceAll("\\", "/")
      .replace(/\.js$/, ".ts"),
  );
}

const roomOf = (path: string): string => path.split("/")[0];

test("every file stands in a known room", () => {
  const known = new Set([...rooms, "kernel"]);
  expect(files.filter((path) => !known.has(roomOf(path)))).toEqual([]);
});

test("files import only from their own room and those above it", () => {
  const wrong = files
    .filter((path) => roomOf(path) !== "kernel")
    .flatMap((path) =>
      importsOf(path)
        .filter(
          (target) =>
            rooms.indexOf(roomOf(target)) > rooms.indexOf(roomOf(path)) || roomOf(target) === "kernel",
        )
        .map((target) => `${path} → ${target}`),
    );
  expect(wrong).toEqual([]);
});

test("the kernel imports nothing of the method, and nothing imports the kernel", () => {
  const kernel = files.filter((path) => roomOf(path) === "kernel");
  expect(
    kernel.flatMap((path) =>
      importsOf(path)
        .filter((target) => roomOf(target) !== "kernel")
        .map((target) => `${path} → ${target}`),
    ),
  ).toEqual([]);
});

test("every relative import names a file that exists", () => {
  const missing = files.flatMap((path) =>
    importsOf(path)
      .filter((target) => !existsSync(join("src", target)))
      .map((target) => `${path} → ${target}`),
  );
  expect(missing).toEqual([]);
});
