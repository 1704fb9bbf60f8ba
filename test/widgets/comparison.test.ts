import { beforeAll, describe, expect, test, vi } from "vitest";
import { evenColumns } from "../../src/image/columns.js";
import {
  checkNetwork,
  compare,
  forward,
  type Projection,
  patch,
  pictureScale,
  project,
  projectionPicture,
  type Seen,
  strongest,
  strongestUnits,
} from "../../src/index.js";
import { answerRequests } from "../../src/show/answer-requests.js";
import type { Comparison } from "../../src/show/comparison.js";
import { cosine } from "../../src/show/comparison-names.js";
import { panelAnswer } from "../../src/show/comparison-panel.js";
import { crossAfter } from "../../widgets/comparison/keys.js";
import * as pictures from "../../widgets/pictures/pictures.js";
import { Channel } from "../../widgets/requests/channel.js";
import { smallNetwork, stripes } from "./explorer-network.js";
import { makeLine } from "./line.js";

const network = smallNetwork();
let seen: Seen;
let other: Seen;
beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  seen = await forward(network, stripes());
  other = await forward(network, stripes("other.png"));
});

const names = ({ names }: Comparison): readonly string[] => names.each;

describe("every combination is a panel, named by what sets it apart", () => {
  test("rules", async () => {
    const comparison = await compare(seen, strongest(seen, "conv3"), { rules: "all" });
    expect(names(comparison)).toEqual(["deconvnet", "gradient", "guided"]);
    expect(comparison.names.sameUnit).toBe(true);
  });

  test("units, of one layer or of several", async () => {
    const units = strongestUnits(seen, "conv2", { count: 2 });
    expect(names(await compare(seen, units))).toEqual(
      units.map(({ map, y, x }) => `map ${map}, unit ${y}, ${x}`),
    );
    const [a, b] = [strongest(seen, "conv1"), strongest(seen, "conv2")];
    expect(names(await compare(seen, [a, b]))[0]).toBe(`conv1, map ${a.map}, unit ${a.y}, ${a.x}`);
  });

  test("photos, and duplicates with ties", async () => {
    const unit = strongest(seen, "conv3");
    expect(names(await compare([seen, other], unit))).toEqual(["stripes.png", "other.png"]);
    const ways = { duplicates: ["add", "overwrite"], ties: ["first", "all"] } as const;
    expect(names(await compare(seen, unit, ways))).toEqual([
      "duplicates added, ties to the first",
      "duplicates added, ties to all",
      "duplicates overwritten, ties to the first",
      "duplicates overwritten, ties to all",
    ]);
  });

  test("networks", async () => {
    const second = { ...smallNetwork(), name: "second" };
    const there = await forward(second, stripes());
    expect(names(await compare([seen, there], strongest(seen, "conv3")))).toEqual([
      "small <b>net</b>",
      "second",
    ]);
  });

  test("projections that were made before, also of the same", async () => {
    const made = await project(seen, strongest(seen, "conv3"));
    const comparison = compare([made, made]);
    expect(names(comparison)).toEqual(["1", "2"]);
    expect(comparison.sentence).toMatch(/Cosine with 1: 2 the same\.$/);
  });
});

test("one scale: that of all panels' values together", async () => {
  const comparison = await compare(seen, strongest(seen, "conv3"), { rules: "all", range: "plain" });
  expect(comparison.scale).toBe(
    pictureScale(
      comparison.projections.map(({ pixels }) => pixels),
      { range: "plain" },
    ),
  );
});

test("four panels where three fit stand two by two", () => {
  expect(evenColumns(4, 560, 150, 12)).toBe(2);
  expect(evenColumns(4, 640, 150, 12)).toBe(4);
  expect(evenColumns(7, 1000, 150, 12)).toBe(4);
  expect(evenColumns(3, 100, 150, 12)).toBe(1);
});

test("arrows move the cross over the pictures as far as they go, Escape takes it away", () => {
  const size = { height: 20, width: 31 };
  const press = (key: string, shiftKey: boolean, y: number, x: number) =>
    crossAfter({ key, shiftKey }, { y, x }, size);
  expect(crossAfter({ key: "ArrowUp", shiftKey: false }, undefined, size)).toEqual({ y: 10, x: 15 });
  expect(press("ArrowUp", false, 10, 15)).toEqual({ y: 9, x: 15 });
  expect(press("ArrowRight", true, 9, 15)).toEqual({ y: 9, x: 25 });
  expect(press("ArrowRight", true, 9, 25)).toEqual({ y: 9, x: 30 });
  expect(press("ArrowDown", false, 19, 0)).toEqual({ y: 19, x: 0 });
  expect(press("Escape", false, 3, 3)).toBeNull();
  expect(press("a", false, 3, 3)).toBeUndefined();
});

test("what a network read as numbers is sent in the colours of the page's theme", async () => {
  const { preprocessing: _, ...input } = network.input;
  const bare = checkNetwork({ ...network, input });
  const there = await forward(bare, seen.input);
  const { projections, state } = await compare(there, strongest(there, "conv3"));
  expect(state.panels[0].themed).toBe(true);
  const [light, dark] = ["light", "dark"].map((theme) =>
    Buffer.from(panelAnswer(projections, { panel: 0, theme }).buffers?.[1] as Uint8Array),
  );
  expect(light.equals(dark)).toBe(false);
});

test("how alike: 1 the same up to strength, 0 nothing in common, −1 opposite, NaN with nothing", () => {
  const list = (...values: number[]): Float32Array => Float32Array.of(...values);
  expect(cosine(list(3, 4), list(6, 8))).toBe(1);
  expect(cosine(list(3, 4), list(-4, 3))).toBe(0);
  expect(cosine(list(3, 4), list(-3, -4))).toBe(-1);
  expect(cosine(list(3, 4), list(0, 0))).toBeNaN();
});

test("a page draws each panel as project gives it, and what it sees as the photo has it", async () => {
  const units = [{ layer: "conv3", map: 2, y: 0, x: 0 }, strongest(seen, "conv2")];
  const comparison = await compare(seen, units);
  const line = makeLine();
  answerRequests(line.widget, { panel: (body) => panelAnswer(comparison.projections, body) });
  const channel = new Channel(line.model);
  const rgb = ({ data }: pictures.Picture): number[] => [...data].filter((_, i) => i % 4 < 3);
  for (const [i, { pixels, window }] of (comparison.projections as Projection[]).entries()) {
    const { buffers } = await channel.ask("panel", { panel: i });
    const panel = { ...comparison.state.panels[i], scale: comparison.scale };
    const drawn = pictures.projectionPicture(
      { ...panel, values: new Float32Array(buffers[0].buffer) },
      1,
      "light",
    );
    const wanted = projectionPicture(pixels, { channelOrder: "bgr", scale: comparison.scale });
    expect(rgb(drawn)).toEqual([...patch(wanted, window, "#808080").data]);
    const photo = pictures.partPicture(
      panel.window,
      panel.part,
      new Uint8Array(buffers[1].buffer),
      [9, 8, 7],
    );
    expect(rgb(photo)).toEqual([...patch(seen.fitted!.photo, window, "#090807").data]);
  }
  await expect(channel.ask("panel", { panel: 2 })).rejects.toThrow(
    "panel is 2, wanted a whole number from 0 to 1",
  );
});

test("without a kernel it is a still that says in words what it shows, and why it is one", async () => {
  const bundle = await (await compare(seen, strongest(seen, "conv3"), { rules: "all" })).bundle();
  expect(Object.keys(bundle).sort()).toEqual(["image/png", "text/plain"]);
  expect(bundle["text/plain"]).toMatch(
    /3 compared: deconvnet; gradient; guided\. All panels share one scale/,
  );
  expect(String(bundle["text/plain"]).split("\n").at(-1)).toMatch(/^compare: a still picture, since/);
});

test("nothing to compare, or what is no projection, is refused", () => {
  expect(() => compare([])).toThrow(
    'what is "a list of 0", wanted projections, or what a network saw and units',
  );
  expect(() => compare(3 as never)).toThrow('what is "number"');
});
