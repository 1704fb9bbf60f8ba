import cliProgress, { type Options } from "cli-progress";
import type { Draw } from "./live-lines.js";
import type { Displayed, NotebookKernel, ProgressLine, ProgressOptions } from "./notebook-kernel.js";

const { Format } = cliProgress;

/** Redrawn at most so often (milliseconds). */
const every = 100;
const barLength = 24;

/** What has been done so far, as a bar with rate and time left. */
export function newProgressLine(
  draw: Draw,
  options: ProgressOptions = {},
  now: () => number = Date.now,
): ProgressLine {
  let { total, title = "" } = options;
  let done = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  let ended = false;
  const started = now();
  const line = () => progressText({ title, done, total, seconds: (now() - started) / 1000 });
  draw(line(), false);
  return {
    update(steps, change = {}) {
      if (ended) return;
      done = steps;
      total = change.total ?? total;
      title = change.title ?? title;
      if (now() - drawn < every) return;
      drawn = now();
      draw(line(), false);
    },
    end() {
      if (ended) return;
      ended = true;
      draw(line(), true);
    },
  };
}

/** A line that is a display of its own, which the front end replaces in place; a saved notebook has only its last state. */
export function shownLine(displays: Pick<NotebookKernel, "bundle">): Draw {
  let shown: Displayed | undefined;
  return (line) => {
    const data = { "text/plain": line };
    if (shown) shown.updateBundle(data);
    else shown = displays.bundle(data);
  };
}

interface Standing {
  readonly title: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly seconds: number;
}

/** Such as `maps ████░░░░ 25% | 16/64 | 3.2/s | 15s left`. */
export function progressText({ title, done, total, seconds }: Standing): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const speed = rate === 0 ? "" : rate >= 1 ? `${short(rate)}/s` : `${short(1 / rate)} s each`;
  const parts: string[] = [];
  if (total === undefined) {
    parts.push(`${done}`);
  } else {
    const part = total > 0 ? Math.min(done / total, 1) : 1;
    const bar = Format.BarFormat(part, barOptions);
    parts.push(`${bar} ${Math.floor(part * 100)}%`, `${done}/${total}`);
  }
  if (speed) parts.push(speed);
  if (total !== undefined && done >= total) parts.push(`${time(seconds)} in all`);
  else if (total !== undefined && rate > 0) parts.push(`${time((total - done) / rate)} left`);
  return `${title && `${title} `}${parts.join(" | ")}`;
}

const barOptions = {
  barsize: barLength,
  barCompleteString: "█".repeat(barLength),
  barIncompleteString: "░".repeat(barLength),
  barGlue: "",
} as Options;

function time(seconds: number): string {
  return Format.TimeFormat(Math.max(0, Math.round(seconds)), { autopaddingChar: "" } as Options, 1);
}

function short(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}
