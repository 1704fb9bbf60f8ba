/**
 * How fast the explorer's kernel side answers: from a click's requests to the bytes that go to the page. Every run takes
 * another unit, so that nothing was computed before; medians.
 */
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { forward, readImage, strongestUnits, useEngine, vgg16 } from "../../dist/index.js";
import { answerRequests } from "../../dist/show/answer-requests.js";
import { explorerAnswers } from "../../dist/show/explorer-answers.js";
import { SmallProjections } from "../../dist/show/explorer-nine.js";
import { median } from "./median.js";

const runs = 9;
const engine = await useEngine("auto");
const photo = fileURLToPath(new URL("../../notebooks/photos/chelsea.png", import.meta.url));
const seen = await forward(await vgg16(), await readImage(photo));
const answers = explorerAnswers({
  small: new SmallProjections(),
  see: () => Promise.resolve(seen),
  look: () => Promise.resolve(),
  drop: () => Promise.reject(new Error("no photo is dropped here")),
  step: () => Promise.reject(new Error("no stepper is opened here")),
});
const page = line();
answerRequests(page, answers);

console.log(
  `\nThe explorer's answers on ${engine}, Node ${process.versions.node}; medians of ${runs} clicks\n`,
);
for (const [layer, wanted] of [
  ["conv3_3", 50],
  ["conv5_3", 150],
]) {
  const units = strongestUnits(seen, layer, { count: 3 * runs + 3 });
  for (const rule of ["deconvnet", "gradient", "guided"]) {
    const ask = async () => {
      const { map, y, x } = units.pop();
      await Promise.all([
        page.ask("map", { photo: 0, layer, map }, "map"),
        page.ask("projection", { photo: 0, layer, map, y, x, rule }, "projection"),
      ]);
    };
    await ask();
    print(`a click in ${layer}, ${rule}`, await times(ask), `at most ${wanted} ms`);
  }
}
for (const layer of ["conv4_2", "conv5_2"])
  print(
    `the layer ${layer}, 512 maps`,
    await times(() => page.ask("layer", { photo: 0, layer }, "layer")),
    "at most 150 ms",
  );

// A hand that drags asks for more than can be computed.
const dragged = Array.from({ length: 14 }, (_, x) => ({ photo: 0, layer: "conv5_3", map: 286, y: 7, x }));
const drag = async () => {
  const asked = dragged.map(async (unit) => {
    await turn();
    return page.ask("projection", { ...unit, rule: "deconvnet" }, "projection");
  });
  await asked[asked.length - 1];
};
print("a drag over 14 units of conv5_3, to the last one's", await times(drag), "about one click's");
console.log(`${page.answered} of ${page.asked} requests were answered; the others gave way to newer ones`);

async function times(work) {
  const all = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    all.push(performance.now() - start);
  }
  return all;
}

function print(what, all, wanted) {
  const range = `${Math.min(...all).toFixed(0)}–${Math.max(...all).toFixed(0)}`;
  console.log(`${what.padEnd(52)} ${median(all).toFixed(0).padStart(5)} ms (${range})   ${wanted}`);
}

/** A page at the other end of the widget's line; an answer is there when its last bytes are. */
function line() {
  const waiting = new Map();
  let hear = () => undefined;
  const made = {
    asked: 0,
    answered: 0,
    onMessage(handler) {
      hear = handler;
      return () => undefined;
    },
    send({ serial, error, parts, progress }, buffers = []) {
      const one = waiting.get(serial);
      if (progress || !one) return;
      if (error) return one.fail(new Error(error));
      one.pieces += buffers.length;
      if (one.pieces < (parts ?? 0)) return;
      waiting.delete(serial);
      made.answered++;
      one.done();
    },
    ask(topic, body, lane) {
      const serial = ++made.asked;
      return new Promise((done, fail) => {
        waiting.set(serial, { done, fail, pieces: 0 });
        void hear({ from: "bench", serial, topic, body, lane, lengths: [], parts: 0 }, []);
      });
    },
  };
  return made;
}
