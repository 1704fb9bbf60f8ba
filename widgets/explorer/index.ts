/**
 * The explorer's browser side.
 *
 * What tests find it by (`data-testid`):
 * - `explorer` the root; `notice` what went wrong, or "run this cell again"; `progress` how far long work is
 * - `title` "conv4_3 › map 433 › unit 10, 9"; `shown-photo`, `photos` (a select, from two photos on), `file` (the file input),
 *   `other-photo`; `rule-deconvnet`, `rule-gradient`, `rule-guided` (radios), `rules-all` (pressed: all three), `contrast`
 * - `strip`, in it one `layer` a layer with `data-layer`; `aria-selected` is the chosen one
 * - `labels`, in it one `label` a class
 * - `atlas` the canvas of all maps (`data-columns`, `data-maps`: the maps' numbers in reading order), `atlas-name`, `order` the
 *   button that sorts, `map-card` what hovering shows, `atlas-marker`
 * - `nine-panel`: `nine-maps` and `nine-units` (radios), nine times `nine` with `data-map`
 * - `photo-canvas`, `photo-marker`; `map-chart` (Plotly's element), `map-marker`, `map-fact` the unit's value
 * - `patch-canvas`, `projection-canvas`: one canvas pixel a pixel of the network's input, drawn as `projectionPicture` does;
 *   with all three rules `projection-deconvnet-canvas` and so on. A panel is `aria-busy` while it shows what was before:
 *   `patch`, `projection`, `map`, `maps`
 * - `sentence` what the projection says; `stepper-place`, below the root: where S opens the stepper
 *
 * @module
 */
import type { AnyModel, RenderProps } from "@anywidget/types";
import type { ExplorerState } from "../../src/show/explorer-state.js";
import { Session } from "./session.js";
import { renderExplorer } from "./view.js";
import "./explorer.css";

/** One session for each model of a page: its views share what was fetched. */
export default (): object => {
  let session: Session | undefined;
  return {
    initialize({ model }: { readonly model: AnyModel<ExplorerState> }): () => void {
      session = new Session(model);
      return () => session?.close();
    },
    render({ model, el, signal, host }: RenderProps<ExplorerState>): void {
      session ??= new Session(model);
      renderExplorer({ session, model, el, signal, host });
    },
  };
};
