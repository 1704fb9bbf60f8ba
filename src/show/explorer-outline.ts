import { inputName, outputNames } from "../network/graph.js";
import type { Network } from "../network/network.js";
import { receptiveField } from "../network/receptive-field.js";
import { shapes } from "../network/shapes.js";
import type { LayerOutline, NetworkOutline } from "./explorer-state.js";

/** What the browser has to know of a network to draw it, and to find what a unit sees without asking. */
export function outlineOf(network: Network): NetworkOutline {
  const named = [...outputNames(network)];
  const places = new Map(named.map(([, output], place) => [output.name, place]));
  const layers = new Map(network.layers.map((layer) => [layer.name, layer]));
  const sizes = shapes(network);
  return {
    name: network.name,
    height: network.input.height,
    width: network.input.width,
    layers: named.map(([name, output]): LayerOutline => {
      const { size, stride, offset } = receptiveField(network, name);
      const { kind, inputs } = layers.get(name)!;
      return {
        name,
        pool: kind === "maxPool" || kind === "averagePool" || kind === "globalAveragePool",
        shape: sizes.get(output.name)!,
        reads: inputs.map((input) => (input === inputName ? -1 : places.get(input)!)),
        sees: { y: offset[0], x: offset[1], height: size[0], width: size[1] },
        stride,
      };
    }),
  };
}

/** The layer to begin with: the last one that filters and has maps of several cells; else the last of all. */
export function firstLayer(outline: NetworkOutline): string {
  const { layers } = outline;
  const several = layers.filter(({ shape, pool }) => shape[0] * shape[1] > 1 && !pool);
  return (several.at(-1) ?? layers[layers.length - 1]).name;
}
