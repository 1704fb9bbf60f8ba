import { expect, test } from "vitest";
import { definitions } from "../../src/lessons/exercises/definitions.js";
import { en } from "../../src/lessons/texts/en.js";
import type { ExerciseName } from "../../src/lessons/texts/exercise-texts.js";
import { zh } from "../../src/lessons/texts/zh.js";

/** Every key down to its text: `lessons.titles.network`. A function says so, a list its length where that is fixed. */
function keys(value: unknown, path = ""): string[] {
  if (typeof value === "function") return [path];
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([key, part]) => keys(part, `${path}.${key}`));
}

/** Every plain text. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(texts);
}

test("both languages hold the same keys", () => {
  expect(keys(zh)).toEqual(keys(en));
});

test("every exercise has words for its mistakes and laws, in the same order", () => {
  for (const language of [en, zh]) {
    for (const [name, { mistakes, laws = {} }] of Object.entries(definitions)) {
      const text = language.exercises.exercises[name as ExerciseName];
      expect(Object.keys(text.mistakes).sort(), name).toEqual(Object.keys(mistakes).sort());
      expect(Object.keys(text.laws).sort(), name).toEqual(Object.keys(laws).sort());
    }
  }
});

test("no text is empty, and English holds no Chinese", () => {
  expect(texts(en).filter((text) => text.trim() === "")).toEqual([]);
  expect(texts(zh).filter((text) => text.trim() === "")).toEqual([]);
  expect(texts(en).filter((text) => /[\u3000-\u9fff]/.test(text))).toEqual([]);
});

test("Chinese sentences end with Chinese stops, and hold no English ones", () => {
  const wrong = texts(zh).filter((text) => /[\u4e00-\u9fff][.,;:?!](\s|$)/.test(text));
  expect(wrong).toEqual([]);
});

test("an explanation is a sentence whatever enters", () => {
  for (const [name, { cases, facts }] of Object.entries(definitions)) {
    if (!facts) continue;
    for (const language of [en, zh]) {
      const text = language.exercises.exercises[name as ExerciseName];
      for (const args of cases)
        expect(text.explain(facts(args, 0, 0)), name).not.toMatch(/undefined|\[object/);
    }
  }
});
