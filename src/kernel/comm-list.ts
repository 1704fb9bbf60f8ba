import { type Fields, isFields } from "./message.js";

/** Which comms are open, kept on the wire's thread: comm_info is then answered while a cell blocks. */
export class CommList {
  readonly #targets = new Map<string, string>();

  /** Takes note of a comm_open or comm_close that passes by, in either direction. */
  note(type: string, content: Fields): void {
    const { comm_id, target_name } = content;
    if (typeof comm_id !== "string") return;
    if (type === "comm_open") this.#targets.set(comm_id, String(target_name));
    else if (type === "comm_close") this.#targets.delete(comm_id);
  }

  has(id: unknown): boolean {
    return typeof id === "string" && this.#targets.has(id);
  }

  /** The content of a comm_info_reply, of one target or of all. */
  answer({ target_name }: Fields): Fields {
    const comms: Record<string, Fields> = {};
    for (const [id, target] of this.#targets) {
      if (typeof target_name !== "string" || target === target_name) comms[id] = { target_name: target };
    }
    return { status: "ok", comms };
  }
}

export function hasCommId(content: unknown): content is Fields & { readonly comm_id: string } {
  return isFields(content) && typeof content.comm_id === "string";
}
