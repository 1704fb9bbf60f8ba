import type { AnyModel } from "@anywidget/types";
import type {
  DropAnswer,
  ExplorerState,
  LayerAnswer,
  LayerOutline,
  MapAnswer,
  NineAnswer,
  PhotoAnswer,
  ProjectionAnswer,
  SmallPictures,
  StepAnswer,
} from "../../src/show/explorer-state.js";
import type { Progress } from "../../src/show/request-messages.js";
import { type AskOptions, Channel } from "../requests/channel.js";
import type { Theme } from "../theme/theme.js";
import { Kept } from "./kept.js";

type Rule = ExplorerState["rule"];
type Unit = ExplorerState["unit"];

/** The picture that the network read. */
export interface PhotoData extends PhotoAnswer {
  readonly rgb: Uint8Array;
}

/** A layer's maps, small, and where each is strongest. */
export interface LayerData extends LayerAnswer {
  /** Strengths, map after map. */
  readonly levels: Uint8Array | Int16Array;
  /** By map: its largest value, and that one's row and column. */
  readonly peaks: Float32Array;
  readonly rows: Uint32Array;
  readonly columns: Uint32Array;
  /** The maps' numbers, strongest first; and of each map its place among them. */
  readonly order: Uint32Array;
  readonly ranks: Uint32Array;
}

export interface MapData extends MapAnswer {
  readonly values: Float32Array;
}

export interface ProjectionData extends ProjectionAnswer {
  readonly values: Float32Array;
}

/** How a projection is asked for. */
export interface ProjectionHow {
  /** Each panel that shows one has its own. */
  readonly lane: string;
  /** Nobody waits for it yet: the kernel lets others go first. */
  readonly ahead?: boolean;
  readonly progress?: (progress: Progress) => void;
}

export interface NineData extends NineAnswer {
  readonly key: string;
}

export interface SmallData extends SmallPictures {
  readonly pictures: readonly Uint8Array[];
}

/**
 * One page's half of an explorer: what is chosen, what was already fetched, and the line to the kernel. Shared by all
 * views of the page.
 */
export class Session {
  readonly channel: Channel;
  readonly #model: AnyModel<ExplorerState>;
  readonly #photos = new Kept<PhotoData>(4);
  readonly #layers = new Kept<LayerData>(6);
  readonly #maps = new Kept<MapData>(24);
  readonly #projections = new Kept<ProjectionData>(24);
  readonly #nine = new Kept<NineData>(12);
  readonly #small = new Kept<SmallData>(12);

  constructor(model: AnyModel<ExplorerState>) {
    this.#model = model;
    this.channel = new Channel(model as AnyModel);
  }

  get<Key extends keyof ExplorerState>(key: Key): ExplorerState[Key] {
    return this.#model.get(key);
  }

  /** What is chosen, for every view and the kernel. */
  set(changes: Partial<ExplorerState>): void {
    for (const [key, value] of Object.entries(changes)) this.#model.set(key as never, value as never);
    this.#model.save_changes();
  }

  layerNamed(name: string): LayerOutline {
    return this.get("network").layers.find((layer) => layer.name === name)!;
  }

  photo(theme: Theme): Promise<PhotoData> {
    const photo = this.get("photo");
    return this.#photos.get(`${photo} ${theme}`, async () => {
      const { body, buffers } = await this.#ask<PhotoAnswer>("photo", { photo, theme });
      return { ...body, rgb: bytes(buffers[0]) };
    });
  }

  layer(layer: string): Promise<LayerData> {
    return this.#layers.get(`${this.get("photo")} ${layer}`, async () => {
      const { body, buffers } = await this.#ask<LayerAnswer>("layer", { photo: this.get("photo"), layer });
      const [levels, peaks, rows, columns, order] = buffers;
      const ranked = new Uint32Array(order.buffer);
      const ranks = new Uint32Array(ranked.length);
      ranked.forEach((map, rank) => {
        ranks[map] = rank;
      });
      return {
        ...body,
        levels: body.bytes === 1 ? new Uint8Array(levels.buffer) : new Int16Array(levels.buffer),
        peaks: new Float32Array(peaks.buffer),
        rows: new Uint32Array(rows.buffer),
        columns: new Uint32Array(columns.buffer),
        order: ranked,
        ranks,
      };
    });
  }

  map({ layer, map }: Pick<Unit, "layer" | "map">): Promise<MapData> {
    const photo = this.get("photo");
    return this.#maps.get(`${photo} ${layer} ${map}`, async () => {
      const { body, buffers } = await this.#ask<MapAnswer>("map", { photo, layer, map });
      return { ...body, values: new Float32Array(buffers[0].buffer) };
    });
  }

  /**
   * A unit's projection.
   */
  projection(
    unit: Unit,
    rule: Rule,
    { lane, ahead = false, progress }: ProjectionHow,
  ): Promise<ProjectionData> {
    const photo = this.get("photo");
    return this.#projections.get(`${photo} ${unitKey(unit)} ${rule}`, async () => {
      const { body, buffers } = await this.#ask<ProjectionAnswer>(
        "projection",
        { photo, ...unit, rule, ahead },
        { lane, ...(progress && { progress }) },
      );
      return { ...body, values: new Float32Array(buffers[0].buffer) };
    });
  }

  /** Which nine: of the layer's strongest maps, or of one map. */
  nine(layer: string, map: number | null): Promise<NineData> {
    const photo = this.get("photo");
    const key = `${photo} ${layer} ${map}`;
    return this.#nine.get(key, async () => {
      const { body } = await this.#ask<NineAnswer>("nine", { photo, layer, map });
      return { ...body, key };
    });
  }

  /** Their projections. */
  small(
    nine: NineData,
    rule: Rule,
    theme: Theme,
    progress?: (progress: Progress) => void,
  ): Promise<SmallData> {
    const photo = this.get("photo");
    return this.#small.get(`${nine.key} ${rule} ${theme}`, async () => {
      const units = nine.units.map(({ unit }) => unit);
      const { body, buffers } = await this.#ask<SmallPictures>(
        "small",
        { photo, units, rule, theme },
        {
          ...(progress && { progress }),
        },
      );
      return { ...body, pictures: buffers.map(bytes) };
    });
  }

  /** Looks at a photo that was dropped in before. */
  async look(photo: number): Promise<void> {
    await this.#ask("look", { photo });
  }

  /** Sends a photo's file to the kernel, which then looks at it. */
  async drop(file: File, progress: (progress: Progress) => void): Promise<DropAnswer> {
    const content = new Uint8Array(await file.arrayBuffer());
    const options = { buffers: [content], progress };
    return (await this.#ask<DropAnswer>("drop", { name: file.name }, options)).body;
  }

  /** Opens the stepper of what is chosen. */
  async step(progress: (progress: Progress) => void): Promise<StepAnswer> {
    const body = { photo: this.get("photo"), ...this.get("unit"), rule: this.get("rule") };
    return (await this.#ask<StepAnswer>("step", body, { progress })).body;
  }

  close(): void {
    this.channel.close();
  }

  #ask<Body extends object>(topic: string, body: Record<string, unknown>, options?: AskOptions) {
    return this.channel.ask<Body>(topic, body, options);
  }
}

/** Says which unit, in one word. */
export function unitKey({ layer, map, y, x }: Unit): string {
  return `${layer} ${map} ${y} ${x}`;
}

function bytes(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}
