import { jupyterDisplay, type MimeBundle, type Shown } from "../shown.js";

/** A value that shows itself in words of its own, and not as a picture. */
export const ShownAsText: abstract new (bundle: () => MimeBundle | Promise<MimeBundle>) => Shown = class {
  readonly #bundle: () => MimeBundle | Promise<MimeBundle>;

  constructor(bundle: () => MimeBundle | Promise<MimeBundle>) {
    this.#bundle = bundle;
  }

  async [jupyterDisplay](): Promise<MimeBundle> {
    return this.#bundle();
  }
};
