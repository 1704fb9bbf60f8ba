/** A setting above a lesson's picture: a whole number with less and more, or one of several words. */
export type Control =
  | {
      readonly kind: "number";
      readonly name: string;
      readonly label: string;
      readonly value: number;
      /** What to ask of the kernel; a value it does not take is refused there, in words. */
      readonly change: (value: number) => object;
    }
  | {
      readonly kind: "choice";
      readonly name: string;
      readonly label: string;
      readonly value: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly change: (value: string) => object;
    };

/** Draws controls and keeps them: what is typed stays while numbers come and go. */
export class Controls {
  readonly element: HTMLElement = document.createElement("div");
  readonly #ask: (change: object) => void;
  readonly #drawn = new Map<string, { draw: (control: Control) => void; element: HTMLElement }>();

  constructor(ask: (change: object) => void) {
    this.#ask = ask;
    this.element.className = "controls";
  }

  draw(controls: readonly Control[]): void {
    const left = new Set(this.#drawn.keys());
    for (const control of controls) {
      left.delete(control.name);
      let one = this.#drawn.get(control.name);
      if (!one) {
        one = control.kind === "number" ? numberField(this.#ask) : choice(this.#ask);
        one.element.dataset.control = control.name;
        this.#drawn.set(control.name, one);
        this.element.append(one.element);
      }
      one.draw(control);
    }
    for (const name of left) {
      this.#drawn.get(name)?.element.remove();
      this.#drawn.delete(name);
    }
  }
}

type Drawn = { draw: (control: Control) => void; element: HTMLElement };

function numberField(ask: (change: object) => void): Drawn {
  const element = document.createElement("label");
  const words = document.createElement("span");
  const input = document.createElement("input");
  const [less, more] = ["−", "+"].map((sign, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    // The field itself answers to the arrow keys.
    button.tabIndex = -1;
    button.addEventListener("click", () => step(i ? 1 : -1));
    return button;
  });
  element.className = "number";
  words.className = "fact";
  input.type = "text";
  input.inputMode = "numeric";
  input.autocomplete = "off";
  input.setAttribute("role", "spinbutton");
  const box = document.createElement("span");
  box.className = "segments";
  box.append(less, input, more);
  element.append(words, box);
  let current: Extract<Control, { kind: "number" }>;
  const step = (by: number): void => ask(current.change(current.value + by));
  const typed = (): void => {
    const value = Number(input.value.trim().replace("−", "-"));
    if (input.value.trim() !== "") ask(current.change(value));
  };
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowUp" || event.key === "ArrowDown") step(event.key === "ArrowUp" ? 1 : -1);
    else if (event.key === "Enter") typed();
    else if (event.key === "Escape") input.value = String(current.value);
    else return;
    event.preventDefault();
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    if (input.value !== String(current.value)) typed();
    input.value = String(current.value);
  });
  return {
    element,
    draw(control) {
      if (control.kind !== "number") return;
      const changed = current?.value !== control.value;
      current = control;
      words.textContent = control.label;
      if (changed || document.activeElement !== input) input.value = String(control.value);
      input.setAttribute("aria-valuenow", String(control.value));
      less.setAttribute("aria-label", `${control.label} −`);
      more.setAttribute("aria-label", `${control.label} +`);
    },
  };
}

function choice(ask: (change: object) => void): Drawn {
  const element = document.createElement("div");
  const words = document.createElement("span");
  const box = document.createElement("span");
  element.className = "choice";
  words.className = "fact";
  box.className = "segments";
  box.setAttribute("role", "group");
  element.append(words, box);
  let current: Extract<Control, { kind: "choice" }>;
  return {
    element,
    draw(control) {
      if (control.kind !== "choice") return;
      current = control;
      words.textContent = control.label;
      box.setAttribute("aria-label", control.label);
      while (box.children.length > control.options.length) box.lastElementChild?.remove();
      control.options.forEach((option, i) => {
        let button = box.children[i] as HTMLButtonElement | undefined;
        if (!button) {
          button = document.createElement("button");
          button.type = "button";
          button.addEventListener("click", () => ask(current.change(current.options[i].value)));
          box.append(button);
        }
        button.textContent = option.label;
        button.setAttribute("aria-pressed", String(option.value === control.value));
      });
    },
  };
}
