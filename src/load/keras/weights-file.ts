import { FileError, UnknownNameError } from "../../errors.js";
import type { Hdf5File } from "../hdf5/hdf5-file.js";
import type { FindArrays, StoredArray } from "./layer-reader.js";

/** What is looked for: a layer's own name, and the one that Keras 3 counts. */
export interface Sought {
  readonly name: string;
  readonly counted: string;
}

/** A layer's arrays in a file: by Keras's names for them, where the file has those, in the order of their making. */
interface Kept {
  readonly names: readonly string[] | undefined;
  readonly paths: readonly string[];
}

/** Weights in HDF5 as Keras 2 (`weight_names` on a group for each layer) or Keras 3 (`…/vars/0`, `1`, …) keeps them. */
export class KerasWeightsFile {
  readonly #where: string;
  readonly #path: string;
  readonly #file: Hdf5File;
  /** Layers by the name that the file gives them. */
  readonly #byName: ReadonlyMap<string, Kept>;
  /** Keras 3's layers by their path. */
  readonly #byPath: ReadonlyMap<string, Kept & { readonly name: string | undefined }>;

  constructor(where: string, path: string, file: Hdf5File) {
    this.#where = where;
    this.#path = path;
    this.#file = file;
    this.#byPath = pathsOfKeras3(file);
    const byName = new Map<string, Kept>(layersOfKeras2(file));
    const twice = new Set<string>();
    for (const kept of this.#byPath.values()) {
      if (kept.name === undefined) continue;
      if (byName.has(kept.name)) twice.add(kept.name);
      byName.set(kept.name, kept);
    }
    // A name that several layers bear tells none of them apart.
    for (const name of twice) byName.delete(name);
    this.#byName = byName;
  }

  /** Finds arrays as `FindArrays` says. */
  get find(): FindArrays {
    return (layer, parts) => this.arrays(layer, parts);
  }

  /**
   * Which of the parts that its type may have a layer has. Where the file does not name them, their number tells; where
   * that does not either, all are given.
   *
   * @param optional how many parts may be left out, together, from the start (negative) or the end
   * @throws {UnknownNameError} where there is no such layer
   */
  present(sought: Sought, parts: readonly string[], optional: number): readonly string[] {
    const { names, paths } = this.#kept(sought);
    if (names) return parts.filter((part) => names.some((name) => isPart(name, part)));
    if (paths.length !== parts.length - Math.abs(optional)) return parts;
    return optional < 0 ? parts.slice(-optional) : parts.slice(0, -optional);
  }

  /**
   * @throws {UnknownNameError} where there is no such layer
   * @throws {FileError} where it has not these arrays
   */
  arrays(sought: Sought, parts: readonly string[]): readonly StoredArray[] {
    const { names, paths } = this.#kept(sought);
    const places = parts.map((part) => names?.findIndex((name) => isPart(name, part)) ?? -1);
    const byName = !places.includes(-1);
    if (paths.length !== parts.length) {
      const sentence = `layer ${JSON.stringify(sought.name)} has ${paths.length} arrays, wanted ${parts.join(", ")}`;
      throw new FileError(this.#where, this.#path, "malformed", sentence);
    }
    return parts.map((_, i) => {
      const path = paths[byName ? places[i] : i];
      return { shape: this.#file.array(path).shape, read: (work) => this.#file.read(path, work) };
    });
  }

  #kept({ name, counted }: Sought): Kept {
    for (const top of ["layers", "_layer_checkpoint_dependencies"]) {
      const kept = this.#byPath.get(`${top}/${counted}`);
      if (kept && (kept.name === undefined || kept.name === name)) return kept;
    }
    const kept = this.#byName.get(name) ?? this.#byPath.get(name);
    if (kept) return kept;
    const known = [...this.#byName.keys(), ...this.#byPath.keys()];
    throw new UnknownNameError(
      this.#where,
      `layer with weights in ${JSON.stringify(this.#path)}`,
      name,
      known,
    );
  }
}

/** `conv2d/kernel:0` is the kernel; a depthwise kernel is called `kernel` too since Keras 3. */
export function isPart(name: string, part: string): boolean {
  const last = name.split("/").at(-1)?.replace(/:\d+$/, "");
  return last === part || (part === "depthwise_kernel" && last === "kernel");
}

/** In a whole model the weights lie below `model_weights`, in a file of weights alone at the top. */
function layersOfKeras2(file: Hdf5File): [string, Kept][] {
  const base = file.group("model_weights") ? "model_weights" : "";
  const under = (name: string): string => (base === "" ? name : `${base}/${name}`);
  const found: [string, Kept][] = [];
  for (const name of file.group(base)?.children ?? []) {
    const names = namesOf(file.group(under(name))?.texts ?? {});
    if (names !== undefined)
      found.push([name, { names, paths: names.map((one) => `${under(name)}/${one}`) }]);
  }
  return found;
}

/** `weight_names`, which are cut into `weight_names0`, `weight_names1`, … where they are many. */
function namesOf(texts: Readonly<Record<string, string | readonly string[]>>): readonly string[] | undefined {
  const whole = texts.weight_names;
  if (whole !== undefined) return [whole].flat();
  const found: string[] = [];
  for (let i = 0; texts[`weight_names${i}`] !== undefined; i++)
    found.push(...[texts[`weight_names${i}`]].flat());
  return found.length > 0 ? found : undefined;
}

/** Every group with a group `vars` in it, which has an array for each number from 0 on. */
function pathsOfKeras3(file: Hdf5File): ReadonlyMap<string, Kept & { readonly name: string | undefined }> {
  const found = new Map<string, Kept & { readonly name: string | undefined }>();
  for (const [path, entry] of file.entries) {
    if (entry.kind !== "group" || !path.endsWith("/vars")) continue;
    if (entry.children.length === 0) continue;
    const paths = entry.children.map((_, i) => `${path}/${i}`);
    const { name } = entry.texts;
    found.set(path.slice(0, -"/vars".length), {
      names: undefined,
      paths,
      name: typeof name === "string" ? name : undefined,
    });
  }
  return found;
}
