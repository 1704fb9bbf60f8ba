import { Reply, Router, type Socket, XPublisher } from "zeromq";
import { address, type Connection } from "./connection.js";

/** The five sockets of a kernel. */
export interface Sockets {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  /** An XPUB, since a PUB does not say who subscribes, and a subscriber is to be welcomed. */
  readonly iopub: XPublisher;
  readonly heartbeat: Reply;
  /** Lets what was sent go out, then closes. */
  close(): void;
}

const unlimited = { sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 1000 };

/**
 * So many messages may wait for a slow reader. A publisher would then drop the next ones without a word, if
 * it were not told to refuse them; the kernel then waits, and the cell that prints waits with it.
 */
const patient = { sendHighWaterMark: 500, noDrop: true, verbosity: "allSubs", linger: 1000 } as const;

/** @throws when a port is taken */
export async function openSockets(connection: Connection): Promise<Sockets> {
  const shell = new Router(unlimited);
  const control = new Router(unlimited);
  const stdin = new Router(unlimited);
  const iopub = new XPublisher(patient);
  const heartbeat = new Reply({ linger: 0 });
  const bound: [Socket, number][] = [
    [heartbeat, connection.hb_port],
    [iopub, connection.iopub_port],
    [stdin, connection.stdin_port],
    [control, connection.control_port],
    [shell, connection.shell_port],
  ];
  await Promise.all(bound.map(([socket, port]) => socket.bind(address(connection, port))));
  return {
    shell,
    control,
    stdin,
    iopub,
    heartbeat,
    close: () => {
      for (const [socket] of bound) socket.close();
    },
  };
}

/** Sends back what comes, so that Jupyter knows that the kernel lives. */
export async function beat(heartbeat: Reply): Promise<void> {
  for await (const frames of heartbeat) await heartbeat.send(frames);
}
