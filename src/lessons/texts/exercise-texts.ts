/** stub while building */
export interface ExerciseTexts {
  readonly none: string;
}
