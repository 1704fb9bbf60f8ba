import { ShownAsText } from "./shown-as-text.js";

/** Words that show themselves in a notebook as markdown, with equations by JupyterLab's own math. */
export class Note extends ShownAsText {
  readonly markdown: string;

  constructor(markdown: string) {
    super(() => ({ "text/plain": markdown, "text/markdown": markdown }));
    this.markdown = markdown;
  }

  /** The words themselves. */
  override toString(): string {
    return this.markdown;
  }
}
