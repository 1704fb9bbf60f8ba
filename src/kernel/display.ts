import { randomUUID } from "node:crypto";
import { bundleOf, displaySymbol, encodeBundle, type MimeBundle } from "./bundle.js";
import type { Displayed } from "./notebook-kernel.js";
import type { Outlet } from "./outlet.js";
import { pictureSize } from "./picture-size.js";
import { type Run, runs } from "./run.js";

/** Shows values in the output of the cell that asks for it. */
export class Displays {
  readonly #outlet: Outlet;
  readonly #complain: (error: unknown) => void;
  /** What a run still has to show; its cell does not end before. */
  readonly #pending = new WeakMap<Run, Set<Promise<void>>>();
  /** The last of these. */
  readonly #last = new WeakMap<Run, Promise<void>>();

  constructor(outlet: Outlet, complain: (error: unknown) => void) {
    this.#outlet = outlet;
    this.#complain = complain;
  }

  /** Shows a value now, or as soon as its own method has made its picture. */
  show(value: unknown): Displayed {
    return this.#displayed(bundleOf(value, this.#complain));
  }

  /** Shows a bundle as it is. */
  bundle(data: MimeBundle, metadata: object = {}): Displayed {
    return this.#displayed(encodeBundle(data), metadata);
  }

  /** Shows a bundle in a pager, once the cell has ended. */
  page(data: MimeBundle): void {
    runs.getStore()?.pages.push(encodeBundle(data));
  }

  clear(wait: boolean): void {
    this.#outlet.output("clear_output", { wait });
  }

  /** Comes back when everything that the run wanted to show is shown. */
  async settled(run: Run): Promise<void> {
    const pending = this.#pending.get(run);
    while (pending?.size) await Promise.allSettled(pending);
  }

  #displayed(first: ReturnType<typeof bundleOf>, metadata: object = {}): Displayed {
    const id = randomUUID();
    let queue: Promise<void> | undefined;
    const put = (bundle: ReturnType<typeof bundleOf>, type: string, more: object) => {
      // An update is the business of the cell that makes it, wherever the display stands.
      const run = runs.getStore();
      const publish = (data: MimeBundle) => {
        const metadata = { ...pictureSize(data["image/png"]), ...more };
        this.#outlet.output(type, { data, metadata, transient: { display_id: id } }, run);
      };
      // In the order in which the cell asked, also where an earlier picture takes longer than a later one.
      const before = [queue, run && this.#last.get(run)].filter((job) => job !== undefined);
      if (before.length > 0 || bundle instanceof Promise) {
        const job: Promise<void> = Promise.all(before)
          .then(async () => {
            const data = await bundle;
            if (data) publish(data);
          })
          .catch(this.#complain)
          .finally(() => {
            if (queue === job) queue = undefined;
          });
        queue = job;
        if (run) this.#await(run, job);
      } else if (bundle) publish(bundle);
    };
    put(first, "display_data", metadata);
    return {
      update: (value) => put(bundleOf(value, this.#complain), "update_display_data", {}),
      updateBundle: (data, more = {}) => put(encodeBundle(data), "update_display_data", more),
      [displaySymbol]: () => undefined,
    };
  }

  #await(run: Run, job: Promise<void>): void {
    const pending = this.#pending.get(run) ?? new Set();
    this.#pending.set(run, pending);
    pending.add(job);
    this.#last.set(run, job);
    void job.finally(() => {
      pending.delete(job);
      if (this.#last.get(run) === job) this.#last.delete(run);
    });
  }
}
