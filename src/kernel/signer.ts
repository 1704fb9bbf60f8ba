import { createHmac, getHashes, timingSafeEqual } from "node:crypto";
import { MessageError } from "./message-error.js";

/** How many signatures are remembered, to know a message that is played again. */
const remembered = 65_536;

/** Signs what goes out, and lets in only what was signed with the same key and was never seen before. */
export class Signer {
  readonly #hash: string;
  readonly #key: string;
  readonly #seen = new Set<string>();

  /**
   * @param key the connection file's; empty switches signing off, as the protocol has it
   * @param scheme such as `hmac-sha256`
   */
  constructor(key: string, scheme: string) {
    this.#hash = scheme.replace(/^hmac-/, "");
    this.#key = key;
    if (!scheme.startsWith("hmac-") || !getHashes().includes(this.#hash)) {
      throw new Error(`connection file: signature_scheme is ${JSON.stringify(scheme)}, wanted hmac-sha256`);
    }
  }

  /** The signature of these parts, in hexadecimal digits. */
  sign(parts: readonly (Uint8Array | string)[]): string {
    if (this.#key === "") return "";
    const hmac = createHmac(this.#hash, this.#key);
    for (const part of parts) hmac.update(part);
    return hmac.digest("hex");
  }

  /** @throws {MessageError} when the signature is another one, or came before */
  verify(signature: Uint8Array, parts: readonly Uint8Array[]): void {
    if (this.#key === "") return;
    const right = Buffer.from(this.sign(parts));
    if (signature.length !== right.length || !timingSafeEqual(signature, right)) {
      throw new MessageError(signature.length === 0 ? "not signed" : "its signature is wrong");
    }
    const text = right.toString("latin1");
    if (this.#seen.has(text)) throw new MessageError("it was sent before");
    this.#seen.add(text);
    if (this.#seen.size > remembered) this.#forgetOldest();
  }

  /** A set keeps the order in which its values came. */
  #forgetOldest(): void {
    let surplus = this.#seen.size - remembered / 2;
    for (const text of this.#seen) {
      if (surplus-- <= 0) return;
      this.#seen.delete(text);
    }
  }
}
