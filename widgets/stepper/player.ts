import { element } from "../theme/element.js";

/** Previous, play and next; playing goes on by one stage a second, and ends at the last. */
export class Player {
  readonly element: HTMLElement;
  readonly #previous: HTMLButtonElement;
  readonly #play: HTMLButtonElement;
  readonly #next: HTMLButtonElement;
  readonly #advance: () => Promise<boolean>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #playing = false;

  /**
   * @param step goes back or on
   * @param advance goes on while playing, and settles when the stage is shown; false at the end
   */
  constructor(step: (by: number) => void, advance: () => Promise<boolean>, signal: AbortSignal) {
    this.#advance = advance;
    const button = (text: string, testid: string, kind = "button"): HTMLButtonElement =>
      element("button", { class: kind, type: "button", text, testid });
    this.#previous = button("‹ previous", "stepper-previous");
    this.#play = button("▶ play", "stepper-play", "button primary");
    this.#next = button("next ›", "stepper-next");
    this.#previous.addEventListener("click", () => step(-1));
    this.#next.addEventListener("click", () => step(1));
    this.#play.addEventListener("click", () => this.toggle());
    this.element = element("div", { class: "player" }, this.#previous, this.#play, this.#next);
    signal.addEventListener("abort", () => this.stop());
  }

  mark(step: number, count: number): void {
    this.#previous.disabled = step <= 0;
    this.#next.disabled = step >= count - 1;
  }

  toggle(): void {
    if (this.#playing) return this.stop();
    this.#playing = true;
    this.#draw();
    void this.#go(0);
  }

  stop(): void {
    if (!this.#playing) return;
    this.#playing = false;
    clearTimeout(this.#timer);
    this.#draw();
  }

  async #go(wait: number): Promise<void> {
    this.#timer = setTimeout(async () => {
      const more = await this.#advance();
      if (!this.#playing) return;
      if (more) void this.#go(1000);
      else this.stop();
    }, wait);
  }

  #draw(): void {
    this.#play.textContent = this.#playing ? "❚❚ pause" : "▶ play";
    this.#play.setAttribute("aria-pressed", String(this.#playing));
  }
}
