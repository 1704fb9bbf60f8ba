import type { LessonModel } from "../lessons/model.js";

/** What a lesson's widget keeps in both halves: everything that it shows, as the kernel computed it. */
export interface LessonWidgetState<Model extends LessonModel = LessonModel> {
  readonly lesson: Model;
}
