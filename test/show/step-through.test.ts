import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forward, fromRows, type Projection, project, type Seen } from "../../src/index.js";
import type { Widget } from "../../src/show/running-kernel.js";
import { stepThrough } from "../../src/show/step-through.js";
import type { StepThroughState } from "../../src/show/step-through-state.js";
import { jupyterDisplay } from "../../src/shown.js";
import { Channel } from "../../widgets/requests/channel.js";
import { makeLine } from "../widgets/line.js";
import { around, convolution, doubled, maxPool, network, numbers, relu } from "./step-through-networks.js";

type Handler = (value: unknown, previous: unknown, by: "kernel" | "browser") => unknown;

/** A widget as a kernel opens it, and what a browser does to it. */
class Opened {
  readonly line = makeLine();
  readonly state: Record<string, unknown>;
  readonly sets: object[] = [];
  readonly #handlers = new Map<string, Handler[]>();
  #closed: (() => unknown)[] = [];

  constructor(state: object) {
    this.state = { ...state };
  }

  get widget(): Widget<StepThroughState> {
    return {
      ...this.line.widget,
      id: "1",
      get: (key) => this.state[key] as never,
      set: (changes) => {
        this.sets.push(changes);
        Object.assign(this.state, changes);
      },
      on: (key, handler) => {
        this.#handlers.set(key, [...(this.#handlers.get(key) ?? []), handler as Handler]);
        return () => {};
      },
      onClose: (handler) => {
        this.#closed.push(handler);
        return () => {};
      },
      close: () => {
        for (const handler of this.#closed) handler();
      },
      bundle: { "application/vnd.jupyter.widget-view+json": { model_id: "1" } },
    };
  }

  /** As a browser's update: all keys at once, then their handlers. */
  browser(changes: Partial<Record<keyof StepThroughState, unknown>>): void {
    Object.assign(this.state, changes);
    for (const [key, value] of Object.entries(changes))
      for (const handler of this.#handlers.get(key) ?? []) handler(value, undefined, "browser");
  }
}

let opened: Opened | undefined;
let kernel = true;
vi.mock("../../src/show/live-widget.js", async (original) => ({
  ...(await original<typeof import("../../src/show/live-widget.js")>()),
  whyStill: (where: string) => (kernel ? undefined : `${where}: a still picture, since there is no kernel`),
  openLive: (_name: string, state: object) => {
    if (!kernel) return undefined;
    opened = new Opened(state);
    return opened.widget;
  },
}));

beforeEach(() => {
  kernel = true;
  opened = undefined;
});
afterEach(() => vi.restoreAllMocks());

/** conv 3 × 3 of 1 into 3 maps, rectified, pooled, and into 2 maps: unpool, rectify and filter all have something to do. */
const net = network(
  [4, 4, 1],
  [
    convolution("c1", "input", 3, { size: [3, 3], padding: around }),
    relu("c1_relu", "c1"),
    maxPool("p", "c1_relu"),
    convolution("c2", "p", 2),
    relu("c2_relu", "c2"),
  ],
  { c1: Array.from({ length: 27 }, (_, i) => ((i * 7) % 11) - 5), c2: [3, -1, -2, 4, 1, 2] },
);
let seen: Seen;
const look = async (): Promise<Seen> => (seen ??= await forward(net, numbers));
const unit = { layer: "c2", map: 1, y: 1, x: 1 };
const projected = async (options: object = {}): Promise<Projection> => project(await look(), unit, options);

test("stage, map and cell are read and set; what is not there is refused and changes nothing", async () => {
  const projection = await projected();
  const view = stepThrough(projection);
  expect(projection.steps.map(({ kind, layer }) => `${kind} ${layer}`)).toEqual([
    "rectify c2_relu",
    "filter c2",
    "unpool p",
    "rectify c1_relu",
    "filter c1",
  ]);
  expect([view.step, view.map, view.cell, view.rule]).toEqual([0, 1, null, "deconvnet"]);
  view.step = 2;
  view.map = 0;
  view.cell = { side: "input", map: 0, y: 1, x: 1 };
  expect([view.step, view.map, view.cell]).toEqual([2, 0, { side: "input", map: 0, y: 1, x: 1 }]);
  expect(view.stage).toBe(projection.steps[2]);
  expect(() => view.set({ step: 5 })).toThrow("step is 5, wanted a whole number from 0 to 4");
  expect(() => view.set({ step: 1, map: 3 })).toThrow("map is 3, wanted a whole number from 0 to 2");
  expect(() => view.set({ cell: { side: "above" } as never })).toThrow(
    'wanted null or { side: "input" or "output"',
  );
  expect(() => view.set({ rule: "saliency" as never })).toThrow('rule is "saliency", wanted "deconvnet" or');
  expect(() => view.on("steps" as never, () => {})).toThrow('event is "steps", wanted "step", "map"');
  expect([view.step, view.map]).toEqual([2, 0]);
});

test("a map stays through the stages that keep its number, and each space remembers its own", async () => {
  const view = stepThrough(await projected());
  view.set({ step: 1, map: 2 });
  view.step = 2;
  expect(view.map).toBe(2);
  view.step = 3;
  expect(view.map).toBe(2);
  view.step = 4;
  expect(view.map).toBe(0);
  view.step = 0;
  expect(view.map).toBe(1);
  view.step = 2;
  expect(view.map).toBe(2);
});

test("who listens hears each change once, by code and by the browser alike, until taken off", async () => {
  const view = stepThrough(await projected());
  await view.bundle();
  const heard: unknown[] = [];
  const off = view.on("step", (step) => heard.push(["step", step]));
  view.on("map", (map) => heard.push(["map", map]));
  view.on("cell", (cell) => heard.push(["cell", cell?.y]));
  view.set({ step: 1, map: 0, cell: { side: "output", map: 0, y: 1, x: 1 } });
  expect(heard).toEqual([
    ["step", 1],
    ["map", 0],
    ["cell", 1],
  ]);
  heard.length = 0;
  opened?.browser({ step: 2, maps: { 0: 1, 1: 2 }, cell: null });
  expect(heard).toEqual([
    ["step", 2],
    ["map", 2],
    ["cell", undefined],
  ]);
  off();
  heard.length = 0;
  view.step = 0;
  expect(heard).toEqual([["map", 1]]);
});

describe("live", () => {
  test("a notebook gets the widget, the still of the current stage, and its words", async () => {
    const view = stepThrough(await projected());
    view.step = 2;
    const bundle = await view[jupyterDisplay]();
    expect(Object.keys(bundle).sort()).toEqual([
      "application/vnd.jupyter.widget-view+json",
      "image/png",
      "text/plain",
    ]);
    expect(bundle["text/plain"]).toMatch(
      /^Step p → unpool, step 3 of 5, from unit 1, 1 of c2 map 1 down to pixels, rule deconvnet\. Unpool puts/,
    );
    expect(opened?.state).toEqual({
      ...{ revision: 1, rule: "deconvnet", step: 2, maps: {}, cell: null, busy: null, problem: "" },
    });
    const first = opened;
    await view.bundle();
    expect(opened).toBe(first);
  });

  test("the kernel's choice reaches the browser and the browser's the kernel; what is wrong is put back", async () => {
    const view = stepThrough(await projected());
    await view.bundle();
    view.set({ step: 3, map: 1 });
    expect(opened?.state).toMatchObject({ step: 3, maps: { 1: 1 } });
    opened?.browser({ step: 4, maps: { 1: 2 } });
    expect([view.step, view.map]).toEqual([4, 0]);
    for (const bad of [
      { step: -1 },
      { step: "4" },
      { step: 99 },
      { cell: { side: "input" } },
      { rule: "no" },
    ]) {
      opened?.browser(bad);
      expect(view.step).toBe(4);
      expect(opened?.state).toMatchObject({ step: 4, cell: null, rule: "deconvnet" });
    }
    opened?.browser({ maps: { 1: "<b>", 2: 1e9, x: -1 } });
    expect(view.map).toBe(0);
  });

  test("a page asks for the outline and for stages, and gets what it did not ask for in words", async () => {
    const view = stepThrough(await projected());
    await view.bundle();
    const channel = new Channel(opened!.line.model);
    const outline = await channel.ask<{ stages: unknown[]; rows: unknown[] }>("outline");
    expect([outline.body.stages.length, outline.body.rows.length]).toEqual([5, 4]);
    const stage = await channel.ask<{ map: number; output: { buffer: number } }>("stage", {
      step: 2,
      map: 0,
    });
    expect(stage.body.map).toBe(0);
    const values = new Float32Array(stage.buffers[stage.body.output.buffer].buffer);
    const { maps } = view.projection.steps[2].output;
    expect([...values]).toEqual([0, 1, 2, 3].map((cell) => maps.data[cell * 3]));
    await expect(channel.ask("stage", { step: 9 })).rejects.toThrow(
      "step is 9, wanted a whole number from 0 to 4",
    );
    await expect(channel.ask("stage", { step: 2, map: 3 })).rejects.toThrow("map is 3");
    await expect(channel.ask("stage", { step: 2, cell: [] })).rejects.toThrow("cell is");
  });
});

describe("another rule", () => {
  test("keeps stage, map and cell, and holds what project gives by that rule", async () => {
    const view = stepThrough(await projected());
    await view.bundle();
    const cell = { side: "output", map: 0, y: 2, x: 2 } as const;
    view.set({ step: 3, cell });
    const before = view.map;
    const heard: unknown[] = [];
    view.on("rule", (rule) => heard.push(rule));
    await view.set({ rule: "gradient" });
    expect([view.step, view.map, view.cell, view.rule]).toEqual([3, before, cell, "gradient"]);
    const wanted = await projected({ rule: "gradient" });
    expect(view.projection.pixels.data).toEqual(wanted.pixels.data);
    expect(opened?.state).toMatchObject({ revision: 2, rule: "gradient", step: 3, cell, busy: null });
    expect(heard).toEqual(["gradient"]);
  });

  test("of two in a row the newest wins, and both calls settle with it", async () => {
    const view = stepThrough(await projected());
    await view.bundle();
    await Promise.all([view.set({ rule: "gradient" }), view.set({ rule: "guided" })]);
    expect(view.rule).toBe("guided");
    expect(opened?.state).toMatchObject({ revision: 2, rule: "guided" });
  });

  test("chosen in the browser and chosen back at once", async () => {
    const view = stepThrough(await projected());
    await view.bundle();
    opened?.browser({ rule: "guided" });
    opened?.browser({ rule: "deconvnet" });
    await view.set({ rule: "deconvnet" });
    expect(view.rule).toBe("deconvnet");
    expect(opened?.state).toMatchObject({ rule: "deconvnet" });
  });

  test("starts from the same number, ties and duplicates as before", async () => {
    const view = stepThrough(await projected({ seed: -2, ties: "all", duplicates: "overwrite" }));
    await view.set({ rule: "gradient" });
    const wanted = await projected({ seed: -2, ties: "all", duplicates: "overwrite", rule: "gradient" });
    expect(view.projection.pixels.data).toEqual(wanted.pixels.data);
    expect([view.projection.ties, view.projection.duplicates]).toEqual(["all", "overwrite"]);
  });
});

describe("a projection whose stages were not kept", () => {
  test("is projected again with them", async () => {
    const without = await projected({ steps: "none" });
    const view = stepThrough(without);
    await view.ready;
    expect(view.projection.steps).toHaveLength(5);
    expect(view.projection.pixels.data).toEqual(without.pixels.data);
    expect(await view.bundle()).toHaveProperty("image/png");
  });

  test("is refused where it started from a number that nothing tells any more", async () => {
    const view = stepThrough(await projected({ steps: "none", seed: 1000 }));
    await expect(view.ready).rejects.toThrow('wanted one that was made with { steps: "all" }');
    await expect(view.bundle()).rejects.toThrow('{ steps: "all" }');
  });

  test("can be a whole map or any maps", async () => {
    for (const seed of [
      { layer: "p", map: 1 },
      { layer: "c1", maps: (await look()).maps("c1") },
    ]) {
      const view = stepThrough(await project(await look(), seed, { steps: "none" }));
      await view.ready;
      await view.set({ rule: "guided" });
      expect(view.projection.steps.length).toBeGreaterThan(1);
      expect((await view.still()).words).toContain("Step");
    }
  });
});

test("without a kernel it is a still, and says why in one line", async () => {
  kernel = false;
  const warned = vi.spyOn(console, "warn").mockImplementation(() => {});
  const view = stepThrough(await projected());
  expect(warned).toHaveBeenCalledExactlyOnceWith("stepThrough: a still picture, since there is no kernel");
  const bundle = await view.bundle();
  expect(Object.keys(bundle).sort()).toEqual(["image/png", "text/plain"]);
  expect(bundle["text/plain"]).toMatch(/since there is no kernel$/);
});

test("takes one projection and nothing else", async () => {
  const one = await projected();
  expect(() => stepThrough([one] as never)).toThrow('projection is "a list of 1", wanted one projection');
  expect(() => stepThrough(7 as never)).toThrow('projection is "number"');
});

test("a unit that did not fire has stages of zeros, and a still", async () => {
  const zero = await project(
    await forward(doubled, fromRows(Array.from({ length: 4 }, () => [0, 0, 0, 0]))),
    {
      ...{ layer: "p", map: 0, y: 0, x: 0 },
    },
  );
  const view = stepThrough(zero);
  expect((await view.still()).words).toContain("0 get a value and 4 stay 0");
  view.step = 1;
  expect((await view.still()).words).not.toContain("NaN");
});
