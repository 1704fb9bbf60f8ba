import { checkNetwork } from "../check.js";
import { inputName } from "../graph.js";
import type { Layer } from "../layer.js";
import type { Network, NetworkInput } from "../network.js";

/** A layer as a definition writes it: it reads the one before it. */
type Link = Layer extends infer One ? (One extends Layer ? Omit<One, "inputs"> : never) : never;

/** A network whose layers each read the one before; without weights. */
export function sequence(name: string, input: NetworkInput, links: readonly Link[]): Network {
  const layers = links.map((link, i) => ({ ...link, inputs: [links[i - 1]?.name ?? inputName] }) as Layer);
  return checkNetwork({ name, input, layers, weights: new Map() });
}

/** A filter layer and its rectifier, which every network of the paper has in pairs. */
export function rectified(link: Link): readonly Link[] {
  return [link, { kind: "relu", name: `${link.name}_relu` }];
}
