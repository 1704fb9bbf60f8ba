import type { AnyModel } from "@anywidget/types";
import type { Outline, PinnedCell, StageView, StepThroughState } from "../../src/show/step-through-state.js";
import { type PackedLinks, unpackLinks } from "../../src/show/stepper-links.js";
import { Channel, Superseded } from "../requests/channel.js";

/** A stage as it came from the kernel, with its numbers. */
export interface Stage {
  readonly view: StageView;
  readonly values: (buffer: number) => Float32Array;
  readonly bytes: number;
}

/** The outline with the small pictures' numbers. */
export interface Overview {
  readonly outline: Outline;
  readonly buffers: readonly DataView[];
}

/** Which stage is asked for; `map` null: the one that the kernel would show. */
export interface Wanted {
  readonly step: number;
  readonly map: number | null;
  readonly cell: PinnedCell | null;
  readonly first: number;
}

/** Numbers of so many bytes are kept; of what is longest not looked at the oldest go first. */
const mostBytes = 32 * 2 ** 20;

/** One page's half of a stepper: what is chosen, what was already fetched, and the line to the kernel. */
export class Session {
  readonly channel: Channel;
  readonly #model: AnyModel<StepThroughState>;
  readonly #stages = new Map<string, { readonly stage: Promise<Stage>; bytes: number; lane: string }>();
  #overview: { readonly revision: number; readonly overview: Promise<Overview> } | undefined;

  constructor(model: AnyModel<StepThroughState>) {
    this.#model = model;
    this.channel = new Channel(model as AnyModel);
  }

  get<Key extends keyof StepThroughState>(key: Key): StepThroughState[Key] {
    return this.#model.get(key);
  }

  /** Everything that is chosen now. */
  get state(): StepThroughState {
    const get = <Key extends keyof StepThroughState>(key: Key): StepThroughState[Key] => this.#model.get(key);
    return {
      revision: get("revision"),
      rule: get("rule"),
      step: get("step"),
      maps: get("maps"),
      cell: get("cell"),
      busy: get("busy"),
      problem: get("problem"),
    };
  }

  /** What is chosen, for every view and the kernel. */
  set(changes: Partial<StepThroughState>): void {
    for (const [key, value] of Object.entries(changes)) this.#model.set(key as never, value as never);
    this.#model.save_changes();
  }

  /** Calls back when one of the keys changes, until the signal is aborted. */
  on(keys: readonly (keyof StepThroughState)[], changed: () => void, signal: AbortSignal): void {
    for (const key of keys) this.#model.on(`change:${key}`, changed);
    signal.addEventListener("abort", () => {
      for (const key of keys) this.#model.off(`change:${key}`, changed);
    });
  }

  /** The outline of the projection that is there now. */
  overview(): Promise<Overview> {
    const revision = this.get("revision");
    if (this.#overview?.revision === revision) return this.#overview.overview;
    this.#stages.clear();
    const overview = this.channel
      .ask<Outline>("outline")
      .then(({ body, buffers }) => ({ outline: body, buffers }));
    const mine = { revision, overview };
    this.#overview = mine;
    overview.catch(() => {
      if (this.#overview === mine) this.#overview = undefined;
    });
    return overview;
  }

  /**
   * One stage.
   *
   * @param lane `"stage"`: it is waited for; `"ahead"`: it may be wanted next
   */
  async stage(wanted: Wanted, lane: "stage" | "ahead"): Promise<Stage> {
    const key = keyOf(this.get("revision"), wanted);
    const known = this.#stages.get(key);
    if (known) {
      this.#stages.delete(key);
      this.#stages.set(key, known);
      try {
        return await known.stage;
      } catch (error) {
        // What was asked ahead of time had to give way; now it is waited for.
        if (lane === "ahead" || known.lane !== "ahead" || !(error instanceof Superseded)) throw error;
      }
    }
    return this.#ask(key, wanted, lane);
  }

  /** Whether a stage is there, or on its way. */
  has(wanted: Wanted): boolean {
    return this.#stages.has(keyOf(this.get("revision"), wanted));
  }

  #ask(key: string, wanted: Wanted, lane: "stage" | "ahead"): Promise<Stage> {
    const stage = this.channel
      .ask<StageView & { links: PackedLinks }>("stage", { ...wanted }, { lane })
      .then(({ body, buffers }) => received(body, buffers));
    const kept = { stage, bytes: 0, lane };
    this.#stages.set(key, kept);
    stage.then(
      ({ view, bytes }) => {
        kept.bytes = bytes;
        // The kernel said which map it is: asked for by its number, it is the same.
        if (wanted.map === null) this.#stages.set(keyOf(view.revision, { ...wanted, map: view.map }), kept);
        this.#forget();
      },
      () => {
        if (this.#stages.get(key) === kept) this.#stages.delete(key);
      },
    );
    return stage;
  }

  #forget(): void {
    const all = new Set(this.#stages.values());
    let bytes = [...all].reduce((sum, kept) => sum + kept.bytes, 0);
    for (const [key, kept] of this.#stages) {
      if (bytes <= mostBytes) return;
      if (kept.bytes === 0) continue;
      this.#stages.delete(key);
      if (![...this.#stages.values()].includes(kept)) bytes -= kept.bytes;
    }
  }

  close(): void {
    this.channel.close();
    this.#stages.clear();
  }
}

function keyOf(revision: number, { step, map, cell, first }: Wanted): string {
  return JSON.stringify([revision, step, map, cell && [cell.side, cell.map, cell.y, cell.x], first]);
}

function received(body: StageView & { links: PackedLinks }, buffers: readonly DataView[]): Stage {
  const numbers = buffers.map(({ buffer }) => new Float32Array(buffer as ArrayBuffer));
  const links = unpackLinks(body.links, (buffer) => new Int32Array(buffers[buffer].buffer as ArrayBuffer));
  return {
    view: { ...body, links },
    values: (buffer) => numbers[buffer],
    bytes: buffers.reduce((sum, one) => sum + one.byteLength, 0),
  };
}
