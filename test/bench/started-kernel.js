import { spawn } from "node:child_process";
import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { Dealer, Subscriber } from "zeromq";

const delimiter = "<IDS|MSG>";
/** How long any reply may take (milliseconds). */
const patience = 20_000;

/** A kernel of any language, started by its kernelspec as Jupyter does, and what a front end says to it. */
export class StartedKernel {
  #key = randomUUID();
  #session = randomUUID();
  /** @type {Map<string, (message: any) => void>} replies that somebody waits for, by the request's id */
  #replies = new Map();
  #settings = { linger: 0, receiveHighWaterMark: 0, reconnectInterval: 2 };
  #shell = new Dealer(this.#settings);
  #iopub = new Subscriber(this.#settings);
  /** Hears everything on iopub. @type {(message: any) => void} */
  heard = () => {};

  /**
   * @param {string} spec the kernelspec's folder
   * @param {string} folder where it runs
   * @param {string} own where what it writes goes: its connection file, its history
   */
  static async start(spec, folder, own) {
    const { argv } = JSON.parse(readFileSync(join(spec, "kernel.json"), "utf8"));
    const kernel = new StartedKernel();
    kernel.spec = spec;
    const ports = await freePorts(5);
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = ports;
    const file = join(own, `connection-${ports[0]}.json`);
    const ip = "127.0.0.1";
    const scheme = { transport: "tcp", ip, key: kernel.#key, signature_scheme: "hmac-sha256" };
    const connection = { ...scheme, shell_port, iopub_port, stdin_port, control_port, hb_port };
    writeFileSync(file, JSON.stringify(connection));
    kernel.#shell.connect(`tcp://${ip}:${shell_port}`);
    kernel.#iopub.connect(`tcp://${ip}:${iopub_port}`);
    kernel.#iopub.subscribe();
    void kernel.#listen(kernel.#shell, (message) => kernel.#replies.get(message.parent)?.(message));
    void kernel.#listen(kernel.#iopub, (message) => kernel.heard(message));
    kernel.spawned = performance.now();
    const [command, ...args] = argv.map((/** @type {string} */ word) =>
      word.replace("{connection_file}", file),
    );
    const env = {
      ...process.env,
      JUPYTER_DATA_DIR: join(own, "data"),
      IPYTHONDIR: join(own, "ipython"),
    };
    kernel.process = spawn(command, args, { cwd: folder, env, stdio: ["ignore", "ignore", "ignore"] });
    return kernel;
  }

  /**
   * Sends a request and waits for its reply.
   *
   * @param {string} type
   * @param {object} [content]
   */
  async ask(type, content = {}) {
    const id = randomUUID();
    const reply = new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`${this.spec}: no reply to ${type} in ${patience} ms`)),
        patience,
      );
      this.#replies.set(id, (message) => {
        clearTimeout(timer);
        resolve(message);
      });
    });
    await this.send(type, content, { id });
    const answer = await reply;
    this.#replies.delete(id);
    return answer;
  }

  /**
   * Runs a cell, up to its reply; an error in it ends the benchmark.
   *
   * @param {string} code
   */
  async run(code) {
    const settings = { silent: false, store_history: true, user_expressions: {}, allow_stdin: false };
    const reply = await this.ask("execute_request", { code, ...settings });
    const { status, evalue } = reply.content;
    if (status !== "ok") throw new Error(`${code}: ${evalue}`);
  }

  /**
   * @param {string} type
   * @param {object} content
   * @param {{ id?: string, buffers?: Uint8Array[] }} [more]
   */
  async send(type, content, { id = randomUUID(), buffers = [] } = {}) {
    const header = { msg_id: id, msg_type: type, session: this.#session, username: "bench", version: "5.4" };
    const parts = [{ ...header, date: new Date().toISOString() }, {}, {}, content].map((part) =>
      JSON.stringify(part),
    );
    const hmac = createHmac("sha256", this.#key);
    for (const part of parts) hmac.update(part);
    await this.#shell.send([delimiter, hmac.digest("hex"), ...parts, ...buffers]);
  }

  async stop() {
    const gone = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await gone;
    this.#shell.close();
    this.#iopub.close();
  }

  /** @param {Dealer | Subscriber} socket @param {(message: any) => void} hear */
  async #listen(socket, hear) {
    for await (const frames of socket) {
      const at = frames.findIndex((frame) => frame.toString("latin1") === delimiter);
      const [header, parent, , content] = frames
        .slice(at + 2, at + 6)
        .map((frame) => JSON.parse(frame.toString()));
      hear({ type: header.msg_type, parent: parent.msg_id, content, buffers: frames.slice(at + 6) });
    }
  }
}

/**
 * Ports that nobody listens on, below those that the system hands out: a socket that tries again and again to
 * reach one of these may meet itself there, and the kernel then finds its port taken.
 *
 * @param {number} count
 */
async function freePorts(count) {
  const ports = [];
  while (ports.length < count) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer().listen(port, "127.0.0.1");
    const free = await once(server, "listening").catch(() => undefined);
    if (!free || ports.includes(port)) continue;
    ports.push(port);
    server.close();
    await once(server, "close");
  }
  return ports;
}
