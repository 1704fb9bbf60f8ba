import type { FromBrowser, FromKernel } from "./request-messages.js";
import { type Bytes, runningKernel, type Widget } from "./running-kernel.js";

/** What goes back to the browser. */
export interface Answer {
  /** Plain data, as JSON can hold it. */
  readonly body?: object;
  /** Numbers and pictures; sent in several messages where they are many. */
  readonly buffers?: readonly Bytes[];
}

/** What an answer may need besides what was asked. */
export interface Asking {
  /** Aborted by a newer request of the same lane, and when the user interrupts the kernel. */
  readonly signal: AbortSignal;
  /** What came along, such as a file's bytes. */
  readonly buffers: readonly Uint8Array[];
  /** Tells the one who asked how far the work is. */
  readonly progress: (done: number, total: number, what: string) => void;
}

/** Answers one topic. `body` comes from outside: check it. What it throws is shown inside the widget, in words. */
export type Answerer = (
  body: Readonly<Record<string, unknown>>,
  asking: Asking,
) => Answer | undefined | Promise<Answer | undefined>;

/** No piece is longer, so that none holds the line for long (a browser's line ends at 10 MB a message). */
const longest = 2 ** 20;

/** Progress is told at most so often, in milliseconds; what is done sooner tells none. */
const often = 100;

/** More than any photograph has. */
const largestRequest = 256 * 2 ** 20;

/** A request whose bytes are still coming in. */
interface Incoming {
  readonly serial: number;
  readonly pieces: Uint8Array[];
}

/**
 * Answers what views of a widget ask, by topic. A request that has a lane ends the one before it in that lane of the
 * same page: that one's work is aborted and it gets no answer. So dragging never queues stale work.
 *
 * @returns what stops answering, and aborts all that is under way
 */
export function answerRequests(
  widget: Pick<Widget<never>, "send" | "onMessage">,
  answerers: Readonly<Record<string, Answerer>>,
): () => void {
  const running = new Map<string, AbortController>();
  const incoming = new Map<string, Incoming>();

  const off = widget.onMessage((content, buffers) => {
    if (!isRequest(content)) return undefined;
    const lane = `${content.from} ${content.lane ?? content.serial}`;
    const before = incoming.get(lane);
    const pieces = [...(before?.serial === content.serial ? before.pieces : []), ...buffers.map(bytesOf)];
    incoming.delete(lane);
    if (pieces.length < content.parts) {
      incoming.set(lane, { serial: content.serial, pieces });
      return undefined;
    }
    return answer(content, lane, pieces);
  });

  async function answer(request: FromBrowser, lane: string, pieces: readonly Uint8Array[]): Promise<void> {
    const { from, serial, topic } = request;
    const controller = new AbortController();
    running.get(lane)?.abort(new DOMException("A newer request took its place", "AbortError"));
    running.set(lane, controller);
    const interrupted = runningKernel()?.signal;
    const signal = interrupted ? AbortSignal.any([controller.signal, interrupted]) : controller.signal;
    const send = (rest: Partial<FromKernel>, out: readonly Bytes[] = []): void => {
      if (!controller.signal.aborted) widget.send({ to: from, serial, topic, ...rest }, out);
    };
    try {
      const answerer = Object.hasOwn(answerers, topic) ? answerers[topic] : undefined;
      if (!answerer) throw new TypeError(`nothing here answers to ${JSON.stringify(topic.slice(0, 40))}`);
      const buffers = taken(pieces, request.lengths);
      let told = performance.now();
      const progress = (done: number, total: number, what: string): void => {
        if (performance.now() - told < often) return;
        told = performance.now();
        send({ progress: { done, total, what } });
      };
      const { body = {}, buffers: out = [] } =
        (await answerer(request.body, { signal, buffers, progress })) ?? {};
      const lengths = out.map((one) => one.byteLength);
      const cut = pieced(out.map(bytesOf));
      send({ body, lengths, parts: cut.length }, cut.slice(0, 1));
      for (const piece of cut.slice(1)) {
        // Between long pieces a newer request may come in.
        await new Promise((resolve) => setImmediate(resolve));
        send({ parts: cut.length }, [piece]);
      }
    } catch (error) {
      send({ error: String((error as Error)?.message ?? error) });
    } finally {
      if (running.get(lane) === controller) running.delete(lane);
    }
  }

  return () => {
    off();
    for (const controller of running.values())
      controller.abort(new DOMException("The widget was closed", "AbortError"));
    running.clear();
    incoming.clear();
  };
}

/** Buffers one after the other, in pieces of at most `longest` bytes. */
function pieced(buffers: readonly Uint8Array[]): Uint8Array[] {
  const all = buffers.length === 1 ? buffers[0] : Buffer.concat(buffers);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < all.length; at += longest) pieces.push(all.subarray(at, at + longest));
  return pieces;
}

/** The inverse, of what came in. */
function taken(pieces: readonly Uint8Array[], lengths: readonly number[]): Uint8Array[] {
  const all = pieces.length === 1 ? pieces[0] : Buffer.concat(pieces);
  if (lengths.reduce((a, b) => a + b, 0) !== all.length)
    throw new RangeError(`a request says it brings ${lengths.join(" + ")} bytes, and brings ${all.length}`);
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return all.subarray(at - length, at);
  });
}

function bytesOf(bytes: Bytes): Uint8Array {
  return bytes instanceof ArrayBuffer
    ? new Uint8Array(bytes)
    : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether a message is a request as `widgets/requests/channel.ts` makes them; others are none of ours. */
function isRequest(content: unknown): content is FromBrowser {
  if (typeof content !== "object" || content === null) return false;
  const { from, serial, topic, body, lane, lengths, parts } = content as Partial<FromBrowser>;
  return (
    typeof from === "string" &&
    isCount(serial) &&
    typeof topic === "string" &&
    typeof body === "object" &&
    body !== null &&
    (lane === null || typeof lane === "string") &&
    Array.isArray(lengths) &&
    lengths.every(isCount) &&
    lengths.reduce((a, b) => a + b, 0) <= largestRequest &&
    isCount(parts) &&
    parts <= largestRequest / longest
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
