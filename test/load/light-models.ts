import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cached, type Pinned } from "../../src/load/cache.js";
import { pipDownload } from "../../src/load/pip.js";
import { unzipEntry } from "../../src/load/unzip.js";

/** Real graphs whose weights are constants, as every version of the `onnx` wheel since 1.14 carries them. */
const models = {
  zfnet512: [4506, "6444bb58b98c3d14f551a3bdb83eea9e5db7e147790db3115c447e9c9a8338b0"],
  vgg19: [9311, "8e547d732b3a3d66eeb8fa64a026adb994d3db552f0bbd52e436d06300d89afe"],
  squeezenet: [15618, "770b0f3c8623e18bf58b53754d710051b4c268248422142980a132bbe6dfe908"],
  inception_v1: [36869, "bb7a0e6c370c709f5615eeef961b43628de13d0009ae4d6f4bfb0d5aea5d8270"],
  resnet50: [79770, "05e77a5c9c9ce0913f549a50d6ebaced5e0ff6817b61e09bae26e4c5bd9055e4"],
  densenet121: [214344, "49ddb5712797d6164f1d864bedaad927de4f3909ad1b4ba390a92c2f8150e9f6"],
  bvlc_alexnet: [3968, "2afa78cef5a88aed9d6e3d63fb92bd330c9177ac150d19189c6b3e7204ba0212"],
  shufflenet: [67666, "c6f406d62be36d6b4572542c0950a2abd59f56237068793290680bba89fbafe5"],
} as const;

export type LightModel = keyof typeof models;

/** The paths of all these models in the cache; the wheel is fetched only where one is missing. */
export async function lightModels(): Promise<Record<LightModel, string>> {
  const folder = await mkdtemp(join(tmpdir(), "onnx-wheel-"));
  let wheel: Promise<string> | undefined;
  try {
    const found: Partial<Record<LightModel, string>> = {};
    for (const [name, [bytes, sha256]] of Object.entries(models)) {
      const pinned: Pinned = { file: `light_${name}-${sha256.slice(0, 12)}.onnx`, bytes, sha256 };
      found[name as LightModel] = await cached(pinned, async (place) => {
        wheel ??= pipDownload({ requirement: "onnx>=1.14", bytes: 9e6 }, folder);
        const file = join(place, pinned.file);
        await unzipEntry(await wheel, `onnx/backend/test/data/light/light_${name}.onnx`, file, bytes);
        return file;
      });
    }
    return found as Record<LightModel, string>;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
