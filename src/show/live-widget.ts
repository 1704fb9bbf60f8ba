import { existsSync } from "node:fs";
import type { MimeBundle } from "../shown.js";
import type { Still } from "./drawable.js";
import { png } from "./raster.js";
import { runningKernel, type Widget, type WidgetClass, type WidgetValues } from "./running-kernel.js";

/**
 * Why a widget can't be live here, in one sentence; undefined where it can.
 *
 * @param where the function that the user called
 * @param name the widget's folder in `widgets/`
 */
export function whyStill(where: string, name: string): string | undefined {
  if (!runningKernel())
    return `${where}: a still picture, since this code does not run in the kernel "TypeScript (deconvnet)", which makes it live`;
  if (!existsSync(widgetClass(name).esm))
    return `${where}: a still picture, since the widget's own files are not built; run npm run build`;
  return undefined;
}

/** Opens a widget of the running kernel; nothing where there is none, or where its files are not built. */
export function openLive<State extends object>(
  name: string,
  state: WidgetValues<State>,
): Widget<State> | undefined {
  const kind = widgetClass(name);
  return existsSync(kind.esm) ? runningKernel()?.openWidget<State>(kind, state) : undefined;
}

/** What shows a widget, with its still's picture and words for where it can't be; or the still, and why it is one. */
export async function liveBundle(
  still: Still,
  widget: Pick<Widget<never>, "bundle"> | undefined,
  why: string | undefined,
): Promise<MimeBundle> {
  // Widgets' stills hold many photographs: with few colours a notebook of them stays small.
  const picture = await png(still.drawing, still.words, 256);
  return {
    ...widget?.bundle,
    "text/plain": why ? `${still.words}\n${why}` : still.words,
    "image/png": Buffer.from(picture).toString("base64"),
  };
}

/** The built files of a widget, which stand beside the compiled sources. */
function widgetClass(name: string): WidgetClass {
  const file = (ending: string): URL => new URL(`../widgets/${name}.${ending}`, import.meta.url);
  return { id: `deconvnet.${name}`, esm: file("js"), css: file("css") };
}
