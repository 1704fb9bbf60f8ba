import type { ExplorerState } from "../../src/show/explorer-state.js";
import type { Place } from "../pictures/pixel-panel.js";
import { rules } from "./header.js";
import { type LayerData, type NineData, type PhotoData, type Session, unitKey } from "./session.js";

type Unit = ExplorerState["unit"];

/** What is on the screen now. */
export interface Shown {
  layer: LayerData | undefined;
  photo: PhotoData | undefined;
  nine: NineData | undefined;
}

/** What comes back, or undefined where a newer wish overtook it or it failed, which is then said. */
export type Try = <Value>(work: Promise<Value> | undefined) => Promise<Value | undefined>;

/** What clicks and keys choose, by what is on the screen. */
export class Choices {
  readonly #session: Session;
  readonly #shown: Readonly<Shown>;
  readonly #try: Try;
  readonly #pending: (layer: string | undefined) => void;
  /** The layer that was clicked last and is still being fetched. */
  #wanted: string | undefined;

  /** @param pending called with a layer that is being fetched, and with undefined when it is there */
  constructor(
    session: Session,
    shown: Readonly<Shown>,
    tried: Try,
    pending: (layer: string | undefined) => void,
  ) {
    this.#session = session;
    this.#shown = shown;
    this.#try = tried;
    this.#pending = pending;
  }

  /** That very unit. */
  choose(unit: Unit): void {
    if (unitKey(unit) !== unitKey(this.#session.get("unit"))) this.#session.set({ unit });
  }

  /** Another place in the same map. */
  goToPlace({ y, x }: Place): void {
    this.choose({ ...this.#session.get("unit"), y, x });
  }

  /** A map's strongest unit. */
  goToMap(map: number): void {
    const layer = this.#shown.layer;
    const { layer: name } = this.#session.get("unit");
    if (layer?.strongest.layer !== name) return;
    this.choose({ layer: name, map, y: layer.rows[map], x: layer.columns[map] });
  }

  /** A layer's strongest unit. */
  async goToLayer(name: string): Promise<void> {
    this.#wanted = name;
    this.#pending(name);
    const layer = await this.#try(this.#session.layer(name));
    if (this.#wanted !== name) return;
    this.#wanted = undefined;
    this.#pending(undefined);
    if (layer) this.choose(layer.strongest);
  }

  /** One of the nine. */
  goToNinth(place: number): void {
    const one = this.#shown.nine?.units[place];
    if (one) this.choose(one.unit);
  }

  /** So many rows and columns on, as far as the map goes. */
  moveUnit(down: number, across: number): void {
    const unit = this.#session.get("unit");
    const [height, width] = this.#session.layerNamed(unit.layer).shape;
    const y = Math.min(height - 1, Math.max(0, unit.y + down));
    const x = Math.min(width - 1, Math.max(0, unit.x + across));
    this.choose({ ...unit, y, x });
  }

  /** The next maps, in the order they are shown in. */
  moveMap(by: number): void {
    const layer = this.#shown.layer;
    if (!layer) return;
    const { map } = this.#session.get("unit");
    const byStrength = this.#session.get("order") === "strength";
    const place = (byStrength ? layer.ranks[map] : map) + by;
    if (place < 0 || place >= layer.maps) return;
    this.goToMap(byStrength ? layer.order[place] : place);
  }

  /** So many layers up the network. */
  moveLayer(by: number): void {
    const { layers } = this.#session.get("network");
    const here = layers.findIndex(({ name }) => name === this.#session.get("unit").layer);
    const next = layers[here + by];
    if (next) void this.goToLayer(next.name);
  }

  /** The rules in turn. */
  nextRule(): void {
    const here = rules.indexOf(this.#session.get("rule"));
    this.#session.set({ rule: rules[(here + 1) % rules.length] });
  }
}
