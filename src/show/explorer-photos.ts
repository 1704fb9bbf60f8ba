import { ArgumentError } from "../errors.js";
import { forward } from "../forward.js";
import type { Photo } from "../image/photo.js";
import { readImage } from "../image/read.js";
import type { Seen } from "../seen.js";
import type { Work } from "../work.js";
import type { PhotoOutline } from "./explorer-state.js";
import { inputName } from "./input-picture.js";

/** Of photos that were dropped in, so many stay to be chosen again, with files of so many bytes together. */
const [mostPhotos, mostBytes] = [8, 64 * 2 ** 20];

/** Of so many of them everything that was seen is kept. */
const mostSeen = 2;

interface Dropped {
  readonly name: string;
  /** The file as it came: small, and enough to see it again. */
  readonly file: Uint8Array;
}

/**
 * The photos of one explorer. The one it was opened with stays as the user made it. Of those dropped in, the files are
 * kept, but what the network saw only of the newest: each is tens of megabytes.
 */
export class ExplorerPhotos {
  readonly #first: Seen;
  readonly #dropped = new Map<number, Dropped>();
  /** Least recently used first. */
  readonly #seen = new Map<number, Seen>();
  readonly #looking = new Map<number, Promise<Seen>>();
  #last = 0;

  constructor(first: Seen) {
    this.#first = first;
  }

  get outlines(): PhotoOutline[] {
    const dropped = [...this.#dropped].map(([id, { name }]) => ({ id, name }));
    return [{ id: 0, name: inputName(this.#first) }, ...dropped];
  }

  /** How many of the dropped ones are kept as seen. */
  get kept(): number {
    return this.#seen.size;
  }

  /**
   * Looks at a photo's file, which stays to be chosen again.
   *
   * @throws {FileError} for what is no picture
   */
  async drop(file: Uint8Array, name: string, work: Work): Promise<number> {
    const photo = await readImage(file, { name, signal: work.signal });
    const seen = await this.#forward(photo, work);
    const id = ++this.#last;
    this.#dropped.set(id, { name, file: Uint8Array.from(file) });
    this.#keep(id, seen);
    const files = [...this.#dropped];
    let bytes = files.reduce((sum, [, one]) => sum + one.file.length, 0);
    for (const [oldest, one] of files.slice(0, -1)) {
      if (this.#dropped.size <= mostPhotos && bytes <= mostBytes) break;
      bytes -= one.file.length;
      this.#dropped.delete(oldest);
      this.#seen.delete(oldest);
    }
    return id;
  }

  /**
   * What the network saw in a photo; looks again where that was let go.
   *
   * @throws {ArgumentError} for a photo that is not kept any more
   */
  async see(id: number): Promise<Seen> {
    if (id === 0) return this.#first;
    const known = this.#seen.get(id);
    if (known) {
      this.#keep(id, known);
      return known;
    }
    const looking = this.#looking.get(id) ?? this.#lookAgain(id);
    this.#looking.set(id, looking);
    return looking.finally(() => this.#looking.delete(id));
  }

  async #lookAgain(id: number): Promise<Seen> {
    const dropped = this.#dropped.get(id);
    if (!dropped) {
      const known = this.outlines.map((photo) => photo.id).join(", ");
      throw new ArgumentError("explore", "photo", id, `one that is still kept (${known}); drop it in again`);
    }
    const { file, name } = dropped;
    const seen = await this.#forward(await readImage(file, { name }));
    this.#keep(id, seen);
    return seen;
  }

  /** As the first photo was fitted. */
  #forward(photo: Photo, work: Work = {}): Promise<Seen> {
    const { fitted, network } = this.#first;
    return forward(network, photo, { ...work, ...(fitted && { fit: fitted.fit }) });
  }

  #keep(id: number, seen: Seen): void {
    this.#seen.delete(id);
    this.#seen.set(id, seen);
    if (this.#seen.size > mostSeen) this.#seen.delete(this.#seen.keys().next().value!);
  }
}
