import { type MimeBundle, Shown } from "../shown.js";
import type { Still } from "./drawable.js";
import type { StillOptions } from "./still-options.js";

/** What a notebook shows as a widget, with a still of the widget's own panels beside it. */
export abstract class LiveView extends Shown {
  /** The widget as it stands, as a picture. */
  abstract still(options?: StillOptions): Promise<Still>;
  /** What a notebook shows: the widget where a kernel makes it live, and the still in any case. */
  abstract bundle(): Promise<MimeBundle>;
}
