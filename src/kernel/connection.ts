import { readFileSync } from "node:fs";
import { isFields } from "./message.js";

/** What a connection file says: where to listen, and the key that messages are signed with. */
export interface Connection {
  readonly transport: "tcp" | "ipc";
  /** An address for `tcp`, the beginning of a path for `ipc`. */
  readonly ip: string;
  readonly key: string;
  readonly signature_scheme: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
}

const ports = ["shell_port", "iopub_port", "stdin_port", "control_port", "hb_port"] as const;

/**
 * The connection file that Jupyter wrote for this kernel.
 *
 * @throws {Error} when it can't be read, or lacks what it has to say
 */
export function readConnection(path: string): Connection {
  const file: unknown = JSON.parse(readFileSync(path, "utf8"));
  if (!isFields(file)) throw new Error(`connection file ${path}: it holds no JSON object`);
  const wrong = (name: string, wanted: string) =>
    new Error(`connection file ${path}: ${name} is ${JSON.stringify(file[name])}, wanted ${wanted}`);
  const { transport = "tcp", signature_scheme = "hmac-sha256", ip, key } = file;
  if (transport !== "tcp" && transport !== "ipc") throw wrong("transport", '"tcp" or "ipc"');
  if (typeof ip !== "string" || ip === "") throw wrong("ip", "an address or a path");
  if (typeof key !== "string") throw wrong("key", "a text");
  if (typeof signature_scheme !== "string") throw wrong("signature_scheme", '"hmac-sha256"');
  for (const name of ports) {
    const port = file[name];
    if (!Number.isInteger(port) || (port as number) < 1 || (port as number) > 65_535) {
      throw wrong(name, "a port's number");
    }
  }
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports.map(
    (name) => file[name] as number,
  );
  return {
    transport,
    ip,
    key,
    signature_scheme,
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
  };
}

/** Where ZeroMQ binds one of the connection's ports. */
export function address({ transport, ip }: Connection, port: number): string {
  return transport === "tcp" ? `tcp://${ip}:${port}` : `ipc://${ip}-${port}`;
}
