import { File, type Group, ready } from "h5wasm";

/** What a file or group holds: words are attributes, numbers with a shape are arrays, the rest are groups. */
export interface Contents {
  readonly [name: string]:
    | string
    | readonly string[]
    | { readonly shape: readonly number[]; readonly values: readonly number[]; readonly type?: string }
    | Contents;
}

/** An HDF5 file, written by the library that also reads it, from memory. */
export async function hdf5File(contents: Contents): Promise<Uint8Array> {
  const { FS } = await ready;
  const name = `/${crypto.randomUUID()}.h5`;
  const file = new File(name, "w");
  write(file, contents);
  file.close();
  const bytes = FS.readFile(name) as Uint8Array;
  FS.unlink(name);
  return bytes.slice();
}

function write(group: Group, contents: Contents): void {
  for (const [name, value] of Object.entries(contents)) {
    if (typeof value === "string" || Array.isArray(value)) group.create_attribute(name, value);
    else if ("values" in value) {
      const { shape, values, type = "<f" } = value as { shape: number[]; values: number[]; type?: string };
      const data =
        type === "<d"
          ? Float64Array.from(values)
          : type === "<b"
            ? Int8Array.from(values)
            : Float32Array.from(values);
      group.create_dataset({ name, data, shape, dtype: type });
    } else write(group.create_group(name) as Group, value as Contents);
  }
}

/** An array of a file, its numbers counted up from `first`. */
export function counted(
  shape: readonly number[],
  first = 1,
): { readonly shape: readonly number[]; readonly values: readonly number[] } {
  const count = shape.reduce((a, b) => a * b, 1);
  return { shape, values: Array.from({ length: count }, (_, i) => first + i) };
}
