/** What was fetched last, by key: so many are kept, and what is under way is not fetched twice. */
export class Kept<Value> {
  readonly #most: number;
  readonly #values = new Map<string, Promise<Value>>();

  constructor(most: number) {
    this.#most = most;
  }

  /** The value of that key; fetched where it is not there. What fails is forgotten, so that it can be tried again. */
  get(key: string, fetch: () => Promise<Value>): Promise<Value> {
    const known = this.#values.get(key);
    this.#values.delete(key);
    const value = known ?? fetch();
    this.#values.set(key, value);
    if (!known) {
      value.catch(() => {
        if (this.#values.get(key) === value) this.#values.delete(key);
      });
      if (this.#values.size > this.#most) this.#values.delete(this.#values.keys().next().value!);
    }
    return value;
  }
}
