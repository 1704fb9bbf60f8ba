/**
 * The thread that owns the sockets. It is there before the compiler is loaded, answers while a cell blocks,
 * and loads nothing but ZeroMQ.
 */
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { Channels } from "./channels.js";
import { CommList } from "./comm-list.js";
import { readConnection } from "./connection.js";
import { Execution } from "./execution.js";
import { endProcess, watchParent } from "./farewell.js";
import { Flag } from "./flags.js";
import { History } from "./history.js";
import { HistoryFolder } from "./history-folder.js";
import { Interrupter } from "./interrupter.js";
import { Iopub } from "./iopub.js";
import { jupyterFolder } from "./jupyter-folder.js";
import type { ToMain, ToWire } from "./letters.js";
import { log } from "./log.js";
import { Requests } from "./requests.js";
import { Signer } from "./signer.js";
import { beat, openSockets } from "./sockets.js";
import { Stdin } from "./stdin.js";
import { letterWeight } from "./weight.js";

const { connectionFile, flags } = workerData as { connectionFile: string; flags: Int32Array };
const port = parentPort!;
const post = (letter: ToMain, transfer: readonly ArrayBuffer[] = []) => port.postMessage(letter, transfer);

const connection = readConnection(connectionFile);
const signer = new Signer(connection.key, connection.signature_scheme);
const sockets = await openSockets(connection);
const requests = new Requests(signer);
const iopub = new Iopub(sockets.iopub, signer, (weight) => {
  Atomics.sub(flags, Flag.backlog, weight);
  Atomics.notify(flags, Flag.backlog);
});
const history = new History(new HistoryFolder(join(jupyterFolder(), "deconvnet", "history")));
const execution = new Execution({ iopub, requests, history, post });
const comms = new CommList();
const interrupter = new Interrupter(flags, post, () => {
  const cell = execution.running?.id;
  const others = channels.forwarded;
  return () => {
    if (cell !== undefined) execution.abandon(cell);
    for (const id of others) channels.abandon(id);
  };
});
const end = () => endProcess(post, close);
const { shell_port, iopub_port, stdin_port, control_port, hb_port } = connection;
const channels = new Channels({
  signer,
  iopub,
  requests,
  execution,
  history,
  comms,
  interrupter,
  connection: { shell_port, iopub_port, stdin_port, control_port, hb_port },
  post,
  end,
});
const stdin = new Stdin({
  socket: sockets.stdin,
  iopub,
  requests,
  running: () => execution.running,
  admit: (frames) => channels.admit(frames),
  post,
});

port.on("message", (letter: ToWire) => {
  switch (letter.kind) {
    case "stream":
      return stream(letter);
    case "publish":
      return publish(letter);
    case "executed":
      return execution.end(letter);
    case "answer":
      return channels.answered(letter.request, letter.content);
    case "served":
      return channels.answered(letter.request, undefined);
    case "ask":
      return stdin.ask(letter);
    case "alive":
      return interrupter.alive(letter.ping);
    case "sigint":
      return void interrupter.interrupt();
    case "log":
      return log(letter.line);
    case "exit":
      return void close();
  }
});

function stream({ request, name, text }: ToWire & { kind: "stream" }): void {
  if (execution.silent(request)) Atomics.sub(flags, Flag.backlog, text.length + letterWeight);
  else iopub.stream(name, text, requests.header(request));
}

function publish({ request, type, content, metadata, buffers }: ToWire & { kind: "publish" }): void {
  if (type === "comm_open" || type === "comm_close") comms.note(type, JSON.parse(content));
  if (execution.silent(request) && !type.startsWith("comm_")) return;
  const numbered =
    type === "execute_result"
      ? `{"execution_count":${execution.count(request)},${content.slice(1)}`
      : content;
  iopub.publish({ type, parent: requests.header(request), content: numbered, metadata, buffers });
}

/** Sockets that are still open when the process ends would abort it. */
async function close(): Promise<void> {
  await Promise.all([iopub.drained(), requests.drained()]);
  sockets.close();
  // What lingers in the sockets has to leave the process first.
  await new Promise((later) => setTimeout(later, 50));
  Atomics.store(flags, Flag.closed, 1);
  Atomics.notify(flags, Flag.closed);
}

/** A loop that ends with an error would leave a channel deaf without a word. */
function keep(name: string, loop: Promise<void>): void {
  loop.catch((error: unknown) => {
    log(`${name} failed: ${(error as Error).stack}`);
    end();
  });
}

watchParent(end);
keep("heartbeat", beat(sockets.heartbeat));
keep("iopub", iopub.welcome());
keep("control", channels.listen(sockets.control));
keep("shell", channels.listen(sockets.shell));
keep("stdin", stdin.listen());
iopub.status("starting", undefined);
