import { LessonError } from "../lessons/lesson-error.js";
import type { LessonModel } from "../lessons/model.js";
import type { MimeBundle } from "../shown.js";
import { type Answerer, answerRequests } from "./answer-requests.js";
import { editedNumber } from "./lesson-edits.js";
import type { LessonWidgetState } from "./lesson-state.js";
import { lessonStill } from "./lesson-still.js";
import { liveBundle, openLive, whyStill } from "./live-widget.js";
import { runningKernel, type Widget } from "./running-kernel.js";

/** What is asked of a lesson: what it shows, and what it becomes by a change. `Lesson` of src/lessons is one. */
export interface LiveLesson {
  readonly state: object;
  model(): Promise<LessonModel>;
  with(change: never): LiveLesson;
  newNumbers(seed: number): LiveLesson;
}

/** A lesson is one widget however often it is shown. */
const open = new WeakMap<LiveLesson, Widget<LessonWidgetState>>();

/**
 * What a notebook shows of a lesson: the widget where a kernel makes it live, its still in any case. Its equations come
 * out above it as an output of their own, since only the notebook itself can set them.
 */
export async function lessonBundle(lesson: LiveLesson): Promise<MimeBundle> {
  const model = await lesson.model();
  const name = `lesson-${model.lesson}`;
  const why = whyStill(`lesson.${model.lesson}`, name);
  if (why) console.warn(why);
  runningKernel()?.bundle(formulas(model));
  let widget = open.get(lesson);
  if (!widget && !why) {
    widget = openLive<LessonWidgetState>(name, { lesson: model });
    if (widget) {
      open.set(lesson, widget);
      const stop = answerRequests(widget, lessonAnswers(lesson, widget));
      widget.onClose(() => {
        stop();
        open.delete(lesson);
      });
    }
  }
  return liveBundle(lessonStill(model), widget, why);
}

/**
 * Answers what a lesson's widget asks. A change is taken or refused at once; what is shown next is the newest state alone,
 * so that fast typing neither queues work nor loses a number.
 */
export function lessonAnswers(
  lesson: LiveLesson,
  widget: Pick<Widget<LessonWidgetState>, "set">,
): Readonly<Record<string, Answerer>> {
  let current = lesson;
  let seed = 0;
  const become = async (next: LiveLesson): Promise<undefined> => {
    current = next;
    const model = await next.model();
    if (current === next) widget.set({ lesson: model });
  };
  const changed = (change: object): Promise<undefined> => {
    let next: LiveLesson;
    try {
      next = current.with(change as never);
    } catch (error) {
      // Its sentence is in the lesson's own language.
      throw error instanceof LessonError ? new Error(error.sentence) : error;
    }
    return become(next);
  };
  return {
    change: changed,
    edit: (body) => changed(editedNumber({ ...current.state }, body)),
    "new numbers": () => become(current.newNumbers(++seed)),
  };
}

/** A lesson's equations for the notebook's own mathematics, and as text where there is none. */
function formulas({ formulas }: LessonModel): MimeBundle {
  const lines = formulas.map(
    ({ name, latex }) => `| ${name} | $\\displaystyle ${latex.replaceAll("|", "\\vert ")}$ |`,
  );
  return {
    "text/markdown": ["| | |", "|:--|:--|", ...lines].join("\n"),
    "text/plain": formulas.map(({ name, latex }) => `${name}: ${latex}`).join("\n"),
  };
}
