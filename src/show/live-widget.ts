import { existsSync } from "node:fs";
import type { MimeBundle } from "../shown.js";
import { bundle } from "./bundle.js";
import type { Still } from "./drawable.js";
import { runningKernel, type Widget, type WidgetClass, type WidgetValues } from "./running-kernel.js";

/** A widget that is open, or one sentence that says why there is none. */
export type Live<State> =
  | { readonly widget: Widget<State>; readonly why?: undefined }
  | { readonly widget?: undefined; readonly why: string };

/**
 * Opens a widget of the running kernel. Where there is none, the sentence is also said once on stderr, which a
 * notebook shows above the still.
 *
 * @param where the function that the user called
 * @param name the widget's folder in `widgets/`
 * @param state made only where there is a kernel to open it
 */
export function openLive<State extends object>(
  where: string,
  name: string,
  state: () => WidgetValues<State>,
): Live<State> {
  const kernel = runningKernel();
  const kind = widgetClass(name);
  const why = !kernel
    ? `${where}: a still picture, since this code does not run in the kernel "TypeScript (deconvnet)", which makes it live`
    : !existsSync(kind.esm)
      ? `${where}: a still picture, since the widget's own files are not built; run npm run build`
      : undefined;
  if (kernel && why === undefined) return { widget: kernel.openWidget<State>(kind, state()) };
  console.warn(why);
  return { why: why! };
}

/** The still's picture and words, and what shows the widget where it is live. */
export async function liveBundle(still: Still, live: Live<never>): Promise<MimeBundle> {
  const shown = await bundle(still);
  if (live.widget) return { ...shown, ...live.widget.bundle };
  return { ...shown, "text/plain": `${shown["text/plain"]}\n${live.why}` };
}

/** The built files of a widget, which stand beside the compiled sources. */
function widgetClass(name: string): WidgetClass {
  const file = (ending: string): URL => new URL(`../widgets/${name}.${ending}`, import.meta.url);
  return { id: `deconvnet.${name}`, esm: file("js"), css: file("css") };
}
