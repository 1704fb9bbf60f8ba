import { StringDecoder } from "node:string_decoder";
import type { Outlet } from "./outlet.js";

type Done = (error?: Error | null) => void;

/** From now on, what is written to stdout and stderr goes to the cell that writes it. */
export function captureStandardStreams(outlet: Outlet): void {
  capture("stdout", outlet);
  capture("stderr", outlet);
}

function capture(name: "stdout" | "stderr", outlet: Outlet): void {
  // Bytes may end in the middle of a character.
  let decoder = new StringDecoder("utf8");
  let encoding: BufferEncoding = "utf8";
  const write = (chunk: string | Uint8Array, how?: BufferEncoding | Done, done?: Done): boolean => {
    let text: string;
    if (typeof chunk === "string") {
      text = chunk;
    } else {
      if (typeof how === "string" && how !== encoding && Buffer.isEncoding(how)) {
        encoding = how;
        decoder = new StringDecoder(how);
      }
      text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    }
    outlet.stream(name, text);
    const callback = typeof how === "function" ? how : done;
    if (callback) process.nextTick(callback);
    return true;
  };
  process[name].write = write as typeof process.stdout.write;
}
