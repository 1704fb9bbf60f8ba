import { sides } from "./equation.js";
import type { Panel } from "./model.js";
import { sizeOf } from "./read-state.js";
import type { Rows } from "./rows.js";

/** A panel with its size as its fact. */
export function panel(
  name: string,
  maps: readonly Rows[],
  {
    labels = [],
    editable = false,
  }: { readonly labels?: readonly string[]; readonly editable?: boolean } = {},
): Panel {
  const size = sides(...sizeOf(maps[0]));
  return {
    name,
    fact: maps.length > 1 ? `${maps.length} × (${size})` : size,
    maps,
    labels: maps.length > 1 ? labels : [],
    editable,
  };
}
