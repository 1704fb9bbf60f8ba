import { type Rule, rules } from "../deconvnet/rectify.js";
import { ArgumentError } from "../errors.js";
import type { Theme } from "../image/map-colours.js";
import { project } from "../project.js";
import type { Projection } from "../projection.js";
import type { Seen } from "../seen.js";
import { wholeBelow } from "../select.js";
import type { Work } from "../work.js";
import type { Answer, Answerer, Asking } from "./answer-requests.js";
import { labelsOf } from "./explorer-labels.js";
import { layerAnswer, mapAnswer } from "./explorer-layer.js";
import { nineAnswer, type SmallProjections, smallAnswer } from "./explorer-nine.js";
import { projectionAnswer } from "./explorer-projection.js";
import type { DropAnswer, PhotoAnswer, StepAnswer } from "./explorer-state.js";
import { unitFrom } from "./explorer-unit.js";
import { inputPicture } from "./input-picture.js";
import { plotlySource } from "./plotly-source.js";

/** What the answers ask of the explorer that they belong to. */
export interface Explored {
  readonly small: SmallProjections;
  /** What was seen in a photo. */
  see(photo: number): Promise<Seen>;
  /** Makes a photo the one that is looked at. */
  look(photo: number): Promise<void>;
  /** Takes in a new photo, looks at it, and gives its number. */
  drop(file: Uint8Array, name: string, work: Work): Promise<number>;
  /** Opens a stepper of a projection, and gives its model's name. */
  step(projection: Projection): Promise<string>;
}

type Body = Readonly<Record<string, unknown>>;

/** More units than nine are never shown at once. */
const mostSmall = 9;

/** What the widget can ask for, by topic; what each takes and gives stands in explorer-state.ts. */
export function explorerAnswers(explored: Explored): Readonly<Record<string, Answerer>> {
  /** Projections that somebody waits for; pictures that only fill in let them go first. */
  const urgent = new Set<Promise<unknown>>();
  const turn = async (): Promise<void> => {
    while (urgent.size) await Promise.allSettled(urgent);
  };
  const seenIn = ({ photo }: Body): Promise<Seen> => explored.see(Number(photo));

  return {
    plotly: plotlySource,
    photo: async (body) => photoAnswer(await seenIn(body), themeFrom(body)),
    layer: async (body) => layerAnswer(await seenIn(body), String(body.layer)),
    map: async (body) => {
      const seen = await seenIn(body);
      const layer = String(body.layer);
      const map = Number(body.map);
      wholeBelow("explore", "map", map, seen.maps(layer).shape[2]);
      return mapAnswer(seen, layer, map);
    },
    projection: async (body, { signal, progress }) => {
      const seen = await seenIn(body);
      const work = projectionAnswer(seen, unitFrom(seen, body), ruleFrom(body), { signal, progress });
      if (body.ahead === true) return work;
      urgent.add(work);
      return work.finally(() => urgent.delete(work));
    },
    nine: async (body) => {
      const seen = await seenIn(body);
      const map = body.map === null ? undefined : Number(body.map);
      return nineAnswer(seen, String(body.layer), map);
    },
    small: async (body, { signal, progress }) => {
      const seen = await seenIn(body);
      if (!Array.isArray(body.units) || body.units.length > mostSmall)
        throw new ArgumentError("explore", "units", body.units, `a list of at most ${mostSmall}`);
      const units = body.units.map((unit) => unitFrom(seen, Object(unit)));
      const how = { rule: ruleFrom(body), theme: themeFrom(body), signal, progress, turn };
      return smallAnswer(await explored.small.of(seen, units, how));
    },
    look: async ({ photo }) => {
      await explored.look(Number(photo));
      return {};
    },
    step: async (body, { signal, progress }) => {
      const seen = await seenIn(body);
      const projection = await project(seen, unitFrom(seen, body), {
        rule: ruleFrom(body),
        signal,
        progress,
      });
      return { body: { model: await explored.step(projection) } satisfies StepAnswer };
    },
    drop: ({ name }, asking) => dropAnswer(explored, String(name), asking),
  };
}

function photoAnswer(seen: Seen, theme: Theme): Answer & { readonly body: PhotoAnswer } {
  const { photo, name, fact } = inputPicture(seen, theme);
  const { height, width, data } = photo;
  return { body: { height, width, heading: name, fact, labels: labelsOf(seen) }, buffers: [data] };
}

/** A file's name is text: it is cut where nobody could read on, and names nothing here. */
async function dropAnswer(
  explored: Explored,
  name: string,
  { buffers, signal, progress }: Asking,
): Promise<Answer & { readonly body: DropAnswer }> {
  if (buffers.length !== 1) throw new ArgumentError("explore", "files", buffers.length, "one picture");
  const shown = name.length > 200 ? `${name.slice(0, 199)}…` : name;
  return { body: { photo: await explored.drop(buffers[0], shown, { signal, progress }) } };
}

function ruleFrom({ rule }: Body): Rule {
  const known = rules.find((one) => one === rule);
  if (known) return known;
  throw new ArgumentError("explore", "rule", rule, rules.map((one) => `"${one}"`).join(" or "));
}

function themeFrom({ theme }: Body): Theme {
  return theme === "dark" ? "dark" : "light";
}
