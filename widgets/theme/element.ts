/** What an element gets besides its children: attributes by their names, and `text`, which is never read as markup. */
export interface Parts {
  readonly class?: string;
  readonly text?: string;
  /** What tests and screenshots find it by. */
  readonly testid?: string;
  readonly [attribute: string]: string | undefined;
}

/** Makes an element with its attributes and children. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { text, testid, ...attributes }: Parts = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined) made.setAttribute(name, value);
  if (testid !== undefined) made.dataset.testid = testid;
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}
