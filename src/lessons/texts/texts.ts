import { UnknownNameError } from "../../errors.js";
import { en } from "./en.js";
import type { ExerciseTexts } from "./exercise-texts.js";
import type { Language, LessonTexts } from "./lesson-texts.js";
import { zh } from "./zh.js";

/** Everything that lessons and exercises say in one language: a translation is one file of this shape. */
export interface Texts {
  readonly lessons: LessonTexts;
  readonly exercises: ExerciseTexts;
}

export const languages: readonly Language[] = ["en", "zh"];

/** @throws {UnknownNameError} for a language that there is no file for */
export function textsIn(language: Language): Texts {
  if (language === "en") return en;
  if (language === "zh") return zh;
  throw new UnknownNameError("lesson.language", "language", String(language), languages);
}
