import { readFileSync } from "node:fs";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { encodePng } from "../../src/image/png.js";
import {
  atlas,
  checkNetwork,
  explore,
  FeatureMaps,
  forward,
  mapPicture,
  patch,
  project,
  projectionPicture,
  type Rule,
  receptiveWindow,
  type Seen,
  strongest,
  strongestUnits,
  toPixels,
  withRandomWeights,
} from "../../src/index.js";
import type { Explorer } from "../../src/show/explorer.js";
import { inputPicture, projectedPicture } from "../../src/show/input-picture.js";
import { Session } from "../../widgets/explorer/session.js";
import { shownWindow, windowOf } from "../../widgets/explorer/windows.js";
import * as pictures from "../../widgets/pictures/pictures.js";
import { Superseded } from "../../widgets/requests/channel.js";
import { smallNetwork, stripes } from "./explorer-network.js";
import { type Opened, runKernel } from "./explorer-page.js";

// A built widget lies beside the compiled sources, and these are not compiled.
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const existsSync = (path: URL | string): boolean =>
    /\/widgets\/explorer\.js$/.test(String(path)) || fs.existsSync(path);
  return { ...fs, existsSync };
});

const network = smallNetwork();
let seen: Seen;
let kernel: ReturnType<typeof runKernel>;
beforeAll(async () => {
  seen = await forward(network, stripes());
});
beforeEach(() => {
  kernel = runKernel();
});
afterEach(() => kernel.stop());

/** An explorer that a page shows. */
async function shown(
  ...args: [Parameters<typeof explore>[1]?]
): Promise<{ view: Explorer; page: Opened; session: Session }> {
  const view = explore(seen, args[0] as never);
  await view.bundle();
  const page = kernel.opened[kernel.opened.length - 1];
  return { view, page, session: new Session(page.model) };
}

const rgb = ({ data }: pictures.Picture): number[] => [...data].filter((_, i) => i % 4 < 3);
const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe("what is chosen", () => {
  test("begins with the strongest unit of the last layer that filters", () => {
    expect(explore(seen).unit).toEqual(strongest(seen, "conv3"));
  });

  test("is set by as much of a unit as is known", () => {
    const view = explore(seen);
    view.set({ layer: "conv1" });
    expect(view.unit).toEqual(strongest(seen, "conv1"));
    view.set({ map: 2 });
    expect(view.unit).toEqual(strongest(seen, "conv1", { map: 2 }));
    view.set({ y: 3, x: 5 });
    expect(view.unit).toMatchObject({ layer: "conv1", map: 2, y: 3, x: 5 });
    view.set({ layer: "conv2", map: 1, y: 0, x: 0 });
    expect(view.unit).toMatchObject({ layer: "conv2", map: 1, y: 0, x: 0 });
  });

  test("goes by the name that stands for an output, also when its rectifier is named", () => {
    const view = explore(seen);
    view.set({ layer: "conv2_relu", map: 1, y: 0, x: 0 });
    expect(view.unit.layer).toBe("conv2");
  });

  test("stays when what is set is not there, and the error names what is", () => {
    const view = explore(seen, { layer: "conv1", map: 2 });
    const before = view.unit;
    const wrong = [
      [{ layer: "conv9" }, "known are conv1, conv2, conv3"],
      [{ map: 6 }, "map is 6, wanted a whole number from 0 to 5"],
      [{ y: 40 }, "y is 40, wanted a whole number from 0 to 39"],
      [{ map: 1, rule: "magic" as Rule }, 'rule is "magic", wanted "deconvnet" or "gradient" or "guided"'],
      [{ map: 1, contrast: 0 }, "contrast is 0, wanted a number from 0.25 to 8"],
      [{ layer: "conv2", y: 1, x: 1 }, "wanted a map of conv2 beside the unit's place"],
    ] as const;
    for (const [change, words] of wrong) expect(() => view.set(change)).toThrow(words);
    expect(view.unit).toEqual(before);
  });

  test("is told to those who listen, once a change, until they stop", () => {
    const view = explore(seen, { layer: "conv1" });
    const units: number[] = [];
    const rules: Rule[] = [];
    const stop = view.on("unit", ({ map }) => units.push(map));
    view.on("rule", (rule) => rules.push(rule));
    view.set({ map: 3 });
    view.set({ map: 3 });
    view.set({ rule: "guided" });
    stop();
    view.set({ map: 1 });
    expect([units, rules]).toEqual([[3], ["guided"]]);
    expect(() => view.on("click" as "unit", () => {})).toThrow(
      'event is "click", wanted "unit", "rule" or "seen"',
    );
  });

  test("goes from code to the page, and from the page to code", async () => {
    const { view, page, session } = await shown();
    view.set({ layer: "conv2", map: 4, nine: "units" });
    expect(page.state()).toMatchObject({ unit: { layer: "conv2", map: 4 }, nine: "units" });
    const heard: object[] = [];
    view.on("unit", (unit) => heard.push(unit));
    session.set({ unit: { layer: "conv1", map: 0, y: 1, x: 2 }, rule: "gradient" });
    expect(view.unit).toMatchObject({ layer: "conv1", map: 0, y: 1, x: 2 });
    expect(view.rule).toBe("gradient");
    expect(heard).toEqual([view.unit]);
  });

  test("is put back on the page when a page sends what is not there", async () => {
    const { view, page, session } = await shown({ layer: "conv1", map: 1 } as never);
    const { unit } = page.state();
    const bad = [null, 7, { layer: "nope", map: 0, y: 0, x: 0 }, { ...unit, y: 99 }, { ...unit, map: "1" }];
    for (const value of bad) {
      expect(() => session.set({ unit: value as never })).toThrow();
      expect(page.state().unit).toEqual(unit);
    }
    expect(() => session.set({ contrast: 1e9 })).toThrow("contrast");
    expect(page.state().contrast).toBe(1);
    expect(view.unit).toMatchObject(unit);
  });
});

describe("what a page asks for", () => {
  test("a layer: every value as strong as a picture of the map on the layer's scale shows it", async () => {
    const { session } = await shown();
    for (const layer of ["conv1", "sum", "logits"]) {
      const maps = seen.maps(layer);
      const data = await session.layer(layer);
      expect(data).toMatchObject({ height: maps.shape[0], width: maps.shape[1], maps: maps.shape[2] });
      expect(data.scale).toBe(atlas(maps).scale);
      for (let map = 0; map < data.maps; map++) {
        const { data: wanted } = mapPicture(maps, map, { scale: data.scale, theme: "dark" });
        expect(rgb(pictures.mapPicture(data, map, "dark"))).toEqual([...wanted]);
      }
    }
  });

  test("a layer: each map's strongest unit, and the maps in the order of these", async () => {
    const { session } = await shown();
    const data = await session.layer("conv2");
    const wanted = strongestUnits(seen, "conv2", { count: 12 });
    expect([...data.order]).toEqual(wanted.map(({ map }) => map));
    for (const { map, y, x, value } of wanted)
      expect([data.rows[map], data.columns[map], data.peaks[map]]).toEqual([y, x, value]);
    expect(data.strongest).toEqual({ layer: "conv2", map: wanted[0].map, y: wanted[0].y, x: wanted[0].x });
  });

  test("a map: its values as they are", async () => {
    const { session } = await shown();
    const { shape, data } = seen.maps("conv2");
    const { height, width, values } = await session.map({ layer: "conv2", map: 5 });
    expect([height, width]).toEqual([shape[0], shape[1]]);
    expect([...values]).toEqual([...data].filter((_, i) => i % shape[2] === 5));
  });

  test.each(["deconvnet", "gradient", "guided"] as const)(
    "a projection by %s: the page draws what project gives, pixel by pixel, also beyond the edge",
    async (rule) => {
      const { session } = await shown();
      for (const unit of [
        { ...strongest(seen, "conv3") },
        { layer: "conv3", map: 2, y: 0, x: 0 },
        { layer: "conv1", map: 3, y: 39, x: 20 },
      ]) {
        const { pixels, window } = await project(seen, unit, { rule });
        const data = await session.projection(unit, rule, { lane: "projection" });
        const picture = projectionPicture(pixels, { channelOrder: "bgr", scale: data.scale / 2 });
        expect(rgb(pictures.projectionPicture(data, 2, "light"))).toEqual([
          ...patch(picture, window, "#808080").data,
        ]);
        expect(data.window).toEqual(window);
      }
    },
  );

  test("a unit that sees everything: the picture without what is beyond it", async () => {
    const { session } = await shown();
    const data = await session.projection({ layer: "logits", map: 1, y: 0, x: 0 }, "deconvnet", {
      lane: "projection",
    });
    expect(data.window).toEqual({ y: 0, x: 0, height: 40, width: 48 });
  });

  test("the photo as the network read it, and its patches", async () => {
    const { session } = await shown();
    const photo = await session.photo("light");
    const wanted = seen.fitted?.photo ?? toPixels(seen.input, network.input.preprocessing!);
    expect([...photo.rgb]).toEqual([...wanted.data]);
    const outline = session.layerNamed("conv3");
    const window = shownWindow(session.get("network"), windowOf(outline, 0, 0));
    const got = pictures.patchPicture(photo, window, [1, 2, 3]);
    expect(rgb(got)).toEqual([...patch(wanted, window, "#010203").data]);
  });

  test("the classes with their probabilities, each with the unit that is its logit", async () => {
    const { session } = await shown();
    const { labels } = await session.photo("light");
    const { data } = seen.maps("classes");
    expect(labels.map(({ name }) => name).sort()).toEqual(["<img src=x>", "cat", "teapot"]);
    expect(labels.map(({ probability }) => probability)).toEqual([...data].sort((a, b) => b - a));
    for (const { name, unit } of labels)
      expect(unit).toEqual({ layer: "logits", map: network.classes?.indexOf(name), y: 0, x: 0 });
  });

  test("nine units: of the strongest maps, or of one map and different places; none that did not fire", async () => {
    const { session } = await shown();
    const maps = await session.nine("conv2", null);
    expect(maps.units.map(({ unit, value }) => ({ ...unit, value }))).toEqual(strongestUnits(seen, "conv2"));
    const one = await session.nine("conv2", 3);
    const wanted = strongestUnits(seen, "conv2", { map: 3 }).filter(({ value }) => value > 0);
    expect(one.units.map(({ unit, value }) => ({ ...unit, value }))).toEqual(wanted);
  });

  test("their projections: each as project gives it, on one scale", async () => {
    const { session } = await shown();
    const nine = await session.nine("conv2", null);
    const small = await session.small(nine, "guided", "light");
    const projections = await project(
      seen,
      nine.units.map(({ unit }) => unit),
      { rule: "guided" },
    );
    projections.forEach(({ pixels, window }, i) => {
      const picture = projectionPicture(pixels, { channelOrder: "bgr", scale: small.scale });
      expect([...small.pictures[i]]).toEqual([...patch(picture, window, "#808080").data]);
      expect(small.sizes[i]).toEqual({ height: window.height, width: window.width });
    });
  });

  test("what is not there is refused in words", async () => {
    const { session } = await shown();
    const unit = { layer: "conv1", map: 99, y: 0, x: 0 };
    await expect(session.projection(unit, "deconvnet", { lane: "a" })).rejects.toThrow(
      "map is 99, wanted a whole number from 0 to 5",
    );
    await expect(session.layer("nope")).rejects.toThrow('no layer "nope"');
    await expect(session.projection({ ...unit, map: 0 }, "magic" as Rule, { lane: "a" })).rejects.toThrow(
      "rule",
    );
    await expect(session.look(5)).rejects.toThrow("photo is 5, wanted one that is still kept (0)");
  });

  test("a drag over twenty units computes the last one's projection, and answers no other", async () => {
    const { session, page } = await shown();
    const before = page.answers.length;
    const asked = Array.from({ length: 20 }, (_, x) =>
      session.projection({ layer: "conv3", map: 0, y: 5, x }, "deconvnet", { lane: "projection" }),
    );
    const results = await Promise.allSettled(asked);
    expect(results.filter(({ status }) => status === "fulfilled")).toEqual([results[19]]);
    for (const result of results.slice(0, 19))
      expect((result as PromiseRejectedResult).reason).toBeInstanceOf(Superseded);
    await turn();
    const answers = page.answers.slice(before).filter(({ content }) => !("progress" in content));
    expect(answers.map(({ content }) => Object(content).serial)).toEqual([20]);
  });
});

describe("a network that does not say how pixels became numbers", () => {
  test.each([1, 2])("with %i channels: the page draws it as a still does", async (channels) => {
    const { preprocessing: _, ...input } = { ...network.input, channels };
    const bare = checkNetwork(withRandomWeights({ ...network, input }));
    const numbers = new FeatureMaps([40, 48, channels]);
    for (let i = 0; i < numbers.data.length; i++) numbers.data[i] = ((i * 37) % 23) - 11;
    const there = await forward(bare, numbers);
    const view = explore(there, { layer: "conv2" });
    await view.bundle();
    const session = new Session(kernel.opened[kernel.opened.length - 1].model);
    const { pixels, window } = await project(there, view.unit);
    const data = await session.projection(view.unit, "deconvnet", { lane: "projection" });
    expect(data).toMatchObject({ channels: 1, colours: channels === 1 ? "pixels" : "numbers" });
    const still = projectedPicture(there, pixels, window, { theme: "dark" });
    expect(data.scale).toBe(still.scale);
    expect(rgb(pictures.projectionPicture(data, 1, "dark"))).toEqual([...still.photo.data]);
    const photo = await session.photo("dark");
    expect([photo.heading, photo.fact]).toEqual(["Input", "as numbers"]);
    expect([...photo.rgb]).toEqual([...inputPicture(there, "dark").photo.data]);
    await expect(
      session.drop(new File([(await encodePng(stripes())) as Uint8Array<ArrayBuffer>], "a.png"), () => {}),
    ).rejects.toThrow("a way to make its numbers of pixels");
  });
});

describe("another photo", () => {
  const png = async (name: string) => {
    const bytes = await encodePng(stripes(name));
    return new File([bytes.slice().buffer], name, { type: "image/png" });
  };

  test("is looked at where the unit was, and view.seen is what the network saw in it", async () => {
    const { view, page, session } = await shown({ layer: "conv2", map: 3, y: 4, x: 5 } as never);
    const heard: string[] = [];
    view.on("seen", ({ photo }) => heard.push(String(photo?.name)));
    view.on("unit", ({ y, x }) => heard.push(`${y}, ${x}`));
    const steps: string[] = [];
    // By this clock it takes long enough for its progress to be worth a message.
    let clock = 0;
    const slow = vi.spyOn(performance, "now").mockImplementation(() => (clock += 60));
    await session
      .drop(await png("two.png"), ({ what }) => steps.push(what))
      .finally(() => slow.mockRestore());
    expect(view.seen.photo?.name).toBe("two.png");
    expect(view.unit).toMatchObject({ layer: "conv2", map: 3, y: 4, x: 5 });
    expect(heard).toEqual(["two.png", "4, 5"]);
    expect(network.layers.map(({ name }) => name)).toEqual(expect.arrayContaining(steps));
    expect(steps.length).toBeGreaterThan(0);
    expect(page.state()).toMatchObject({
      photo: 1,
      photos: [
        { id: 0, name: "stripes.png" },
        { id: 1, name: "two.png" },
      ],
    });
    const { values } = await session.map({ layer: "conv2", map: 3 });
    const { shape, data } = view.seen.maps("conv2");
    expect([...values]).toEqual([...data].filter((_, i) => i % shape[2] === 3));
    await session.look(0);
    expect(view.seen).toBe(seen);
  });

  test("keeps its name as text, cut where nobody could read on", async () => {
    const { page, session } = await shown();
    const name = `<img src=x onerror=alert(1)>${"a".repeat(400)}.png`;
    await session.drop(await png(name), () => {});
    expect(page.state().photos[1].name).toBe(`${name.slice(0, 199)}…`);
  });

  test("that is no picture is refused in words, and nothing changes", async () => {
    const { view, page, session } = await shown();
    const file = new File([readFileSync("package.json")], "package.json");
    await expect(session.drop(file, () => {})).rejects.toThrow(
      "is no JPEG, PNG, WebP, AVIF, TIFF or GIF picture",
    );
    expect(view.seen).toBe(seen);
    expect(page.state()).toMatchObject({ photo: 0, photos: [{ id: 0 }] });
  });

  test("after another: of ten the last eight can be chosen again, and are seen again as before", async () => {
    const { view, page, session } = await shown({ layer: "conv2" } as never);
    for (let i = 1; i <= 10; i++) await session.drop(await png(`${i}.png`), () => {});
    expect(page.state().photos.map(({ id }) => id)).toEqual([0, 3, 4, 5, 6, 7, 8, 9, 10]);
    const before = [...view.seen.maps("conv2").data];
    await session.look(4);
    expect(view.seen.photo?.name).toBe("4.png");
    expect([...view.seen.maps("conv2").data]).toEqual(before);
    await expect(session.look(2)).rejects.toThrow("drop it in again");
  });
});

describe("what a notebook shows", () => {
  test("the widget, and beside it a still of its panels with its values", async () => {
    const view = explore(seen, { layer: "conv2", map: 3, y: 4, x: 5 });
    const bundle = await view.bundle();
    expect(Object.keys(bundle).sort()).toEqual([
      "application/vnd.jupyter.widget-view+json",
      "image/png",
      "text/plain",
    ]);
    expect(bundle["text/plain"]).toMatch(
      /^Explorer: conv2 › map 3 › unit 4, 5 by deconvnet\. Unit 4, 5 of map 3/,
    );
    expect(Buffer.from(String(bundle["image/png"]), "base64").subarray(1, 4).toString()).toBe("PNG");
  });

  test("one widget, however often it is shown; a new one after it was closed", async () => {
    const view = explore(seen);
    await view.bundle();
    await view.bundle();
    expect(kernel.opened).toHaveLength(1);
    kernel.opened[0].close();
    await view.bundle();
    expect(kernel.opened).toHaveLength(2);
  });

  test("the state holds no numbers of maps or pixels", async () => {
    const { page } = await shown();
    expect(JSON.stringify(page.state()).length).toBeLessThan(3000);
  });

  test("without a kernel the still, and one line that says why", async () => {
    kernel.stop();
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const view = explore(seen);
    const bundle = await view.bundle();
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^explore: a still picture, since this code does not run in the kernel/)],
    ]);
    expect(String(bundle["text/plain"]).split("\n").at(-1)).toBe(warn.mock.calls[0][0]);
    expect(Object.keys(bundle).sort()).toEqual(["image/png", "text/plain"]);
    view.set({ layer: "conv1" });
    expect(view.unit.layer).toBe("conv1");
    warn.mockRestore();
  });

  test("a network and a picture go up first", async () => {
    const view = await explore(network, stripes(), { layer: "conv1", rule: "guided" });
    expect(view.unit).toEqual(strongest(view.seen, "conv1"));
    expect(view.rule).toBe("guided");
  });
});

test("what a page thinks that a unit sees is what it sees, in every layer", () => {
  const view = explore(seen);
  for (const layer of view.state.network.layers) {
    const [height, width] = layer.shape;
    for (const [y, x] of [
      [0, 0],
      [height - 1, width - 1],
      [height >> 1, width >> 1],
    ])
      expect(windowOf(layer, y, x)).toEqual(receptiveWindow(network, { layer: layer.name, y, x }));
  }
});
