import type { Preprocessing } from "../image/preprocessing.js";
import { several, shortNumber, sides } from "./number.js";
import type { Operation, Picture, StageView } from "./step-through-state.js";

type Panels = StageView["names"];

/** What the three panels are called. */
export function panelNames(kind: StageView["kind"], operation: Operation, layer: string): Panels {
  const input = `Signal at ${layer}`;
  const of = (operation: string, output: string): Panels => ({ input, operation, output });
  switch (kind) {
    case "unpool":
      return of("Switches", "Signal unpooled");
    case "rectify":
      return of("Rectify", "Signal rectified");
    case "filter":
      return of(operation.kind === "weights" ? "Weights" : "Kernels, flipped", "Signal filtered");
    case "sum":
      return { input: `Signals to ${layer}`, operation: "Sum", output: "Signal summed" };
    case "spread":
      return of("Equal shares", "Signal spread");
    case "scale":
      return of("Factor", "Signal scaled");
    case "branch":
      return of("Branches", "Signal to each");
    case "split":
      return of("Branches", "Signal of one branch");
    case "crop":
      return of("Crop", "Signal cropped");
    case "reshape":
      return of("Reshape", "Signal reshaped");
    case "pass":
      return of("Pass", "Signal passed on");
  }
}

/** The fact beside each panel's name. */
export function panelFacts(
  inputs: readonly Picture[],
  output: Picture,
  operation: Operation,
  inputMaps: number,
  toPixels: Preprocessing["channelOrder"] | "unknown" | undefined,
): Panels {
  const [first] = inputs;
  const into = pictureFact(output, toPixels);
  switch (operation.kind) {
    case "switches":
      return {
        input: pictureFact(first),
        operation: operation.ties === "all" ? "where each maximum was, ties too" : "where each maximum was",
        output: into.replace("values", "places"),
      };
    case "rectify": {
      const kept = {
        deconvnet: "keep what is above zero",
        gradient: "keep where the way up was above zero",
        guided: "keep where both were above zero",
      };
      return { input: pictureFact(first), operation: kept[operation.rule], output: into };
    }
    case "kernels":
      return {
        input:
          inputMaps === inputs.length
            ? mapsFact(first, inputMaps)
            : `${inputs.length} of ${several(inputMaps, "map")}`,
        operation: `${sides(...operation.size)}, weights up to ${shortNumber(operation.scale)}`,
        output: into,
      };
    case "weights":
      return {
        input: pictureFact(first),
        operation: `one a value, up to ${shortNumber(operation.scale)}`,
        output: into,
      };
    case "plus":
      return {
        input: `map ${first.map}, ${operation.sorted.all} branches`,
        operation: "cell by cell",
        output: into,
      };
    case "branch":
      return { input: pictureFact(first), operation: `the same to ${operation.to.length}`, output: into };
    case "split":
      return {
        input: pictureFact(first),
        operation: "each its own maps",
        output: `to ${operation.parts[operation.chosen].to}, ${into}`,
      };
    case "factor":
      return { input: pictureFact(first), operation: "the map’s own", output: into };
    case "shares":
      return { input: pictureFact(first), operation: `of ${sides(...operation.size)} cells`, output: into };
    case "words":
      return { input: pictureFact(first), operation: "", output: into };
  }
}

function pictureFact(
  { layout, map, count, window }: Picture,
  order?: Preprocessing["channelOrder"] | "unknown" | undefined,
): string {
  if (layout === "channels") return `all ${several(count, "map")}, a cell each`;
  const what = order ? channelName(order, map) : `map ${map}`;
  return `${what}, ${sides(window.height, window.width)} ${order ? "pixels" : "values"}`;
}

function mapsFact({ window }: Picture, maps: number): string {
  return `all ${several(maps, "map")}, ${sides(window.height, window.width)}`;
}

/** What a channel of the network's input is. */
function channelName(order: Preprocessing["channelOrder"] | "unknown", channel: number): string {
  if (order === "grey") return "grey";
  const colours = { rgb: ["red", "green", "blue"], bgr: ["blue", "green", "red"] };
  return order === "unknown" ? `channel ${channel}` : colours[order][channel];
}
