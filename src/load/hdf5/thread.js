// @ts-check
/*
 * Reads HDF5 in a thread of its own. The C library behind it does not end on some damaged files, and a thread can be
 * ended from outside. The file lies in the library's own memory: links to other files lead nowhere.
 *
 * Plain JavaScript, because a thread starts from a file that node itself can run, in src as in dist.
 */
import { parentPort, workerData } from "node:worker_threads";
import * as hdf5 from "h5wasm";

const port = /** @type {import("node:worker_threads").MessagePort} */ (parentPort);
/** @type {{ bytes: Uint8Array }} */
const { bytes } = workerData;
const limit = { depth: 32, entries: 100_000 };
const name = "/file.h5";

try {
  const { FS, activate_throwing_error_handler } = await hdf5.ready;
  // Else every failed look-up prints a page to the console.
  activate_throwing_error_handler();
  FS.writeFile(name, bytes, { canOwn: true });
  const file = new hdf5.File(name, "r");
  port.postMessage({ outline: outline(file) });
  port.on("message", (/** @type {{ path: string }} */ { path }) => {
    try {
      const read = values(file, path);
      port.postMessage({ values: read }, [read.buffer]);
    } catch (error) {
      port.postMessage({ failure: String(error) });
    }
  });
} catch (error) {
  port.postMessage({ failure: String(error) });
}

/**
 * Every group and array, by its path, with what is written on it.
 * @param {hdf5.File} file
 */
function outline(file) {
  /** @type {Record<string, unknown>} */
  const found = Object.create(null);
  let count = 0;
  /** @type {(group: hdf5.Group, path: string, depth: number) => void} */
  const walk = (group, path, depth) => {
    const children = group.keys();
    found[path] = { kind: "group", children, texts: texts(group) };
    if (depth > limit.depth) throw new Error(`groups lie more than ${limit.depth} deep`);
    for (const child of children) {
      if (++count > limit.entries) throw new Error(`it has more than ${limit.entries} entries`);
      const at = path === "" ? child : `${path}/${child}`;
      const entry = group.get(child);
      if (entry instanceof hdf5.Group) walk(entry, at, depth + 1);
      else if (entry instanceof hdf5.Dataset) found[at] = { kind: "array", ...description(entry) };
      else found[at] = { kind: "link" };
    }
  };
  walk(file, "", 0);
  return found;
}

/** @param {hdf5.Dataset} dataset */
function description(dataset) {
  const { shape, type, size, littleEndian, total_size, virtual_sources } = dataset.metadata;
  return {
    shape: shape ?? [],
    // HDF5's class 1 is floating point.
    type: type === 1 && littleEndian ? `float${8 * size}` : `type ${dataset.dtype}`,
    bytes: total_size * size,
    compressed: dataset.filters.length > 0,
    elsewhere: virtual_sources !== undefined,
  };
}

/**
 * The attributes that are words.
 * @param {hdf5.Group} group
 */
function texts(group) {
  /** @type {Record<string, string | string[]>} */
  const found = Object.create(null);
  for (const [key, attribute] of Object.entries(group.attrs)) {
    const { type, size, total_size } = attribute.metadata;
    // HDF5's class 3 is text. None is larger than the file that it stands in.
    if (type !== 3 || size * total_size > bytes.length) continue;
    const { value } = attribute;
    if (typeof value === "string") found[key] = value;
    else if (Array.isArray(value)) found[key] = value.map(String);
  }
  return found;
}

/**
 * An array's numbers.
 * @param {hdf5.File} file
 * @param {string} path
 */
function values(file, path) {
  const entry = file.get(path);
  if (!(entry instanceof hdf5.Dataset)) throw new Error("it is no array");
  const { value } = entry;
  // A copy of their own: the library's memory can't be given away.
  if (value instanceof Float32Array || value instanceof Float64Array) {
    return value.byteLength === value.buffer.byteLength ? value : value.slice();
  }
  throw new Error("its numbers can't be read");
}
