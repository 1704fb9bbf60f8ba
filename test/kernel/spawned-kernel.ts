import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeFlags } from "../../src/kernel/install.js";
import { type ConnectionFile, type Received, WireClient } from "./wire-client.js";

export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** The built kernel: what users run is what is tested. */
export const main: string = join(root, process.env.DECONVNET_DIST ?? "dist", "kernel", "main.js");

export interface SpawnOptions {
  /** The notebook's folder; a new empty one where left out. */
  readonly folder?: string;
  readonly prelude?: string;
  /** The kernel's file, where it is not the project's own. */
  readonly program?: string;
  readonly connection?: Partial<ConnectionFile>;
  readonly env?: NodeJS.ProcessEnv;
  /** The program that runs it; where left out `KERNEL_NODE`, else this process's own Node. */
  readonly node?: string;
}

/** What came of one cell. */
export interface Executed {
  readonly reply: Received;
  /** Everything on iopub in the cell's name, up to its `idle`. */
  readonly iopub: readonly Received[];
  readonly stdout: string;
  readonly stderr: string;
  /** The `text/plain` of the result. */
  readonly result: string | undefined;
  /** The traceback, as one text. */
  readonly traceback: string;
}

/** A kernel in a process of its own, as Jupyter starts it. */
export class SpawnedKernel {
  readonly client: WireClient;
  readonly process: ChildProcess;
  readonly connection: ConnectionFile;
  readonly folder: string;
  /** What it wrote to the server's log. */
  log = "";
  readonly #temporary: string;

  private constructor(
    child: ChildProcess,
    connection: ConnectionFile,
    client: WireClient,
    folder: string,
    temporary: string,
  ) {
    this.process = child;
    this.connection = connection;
    this.client = client;
    this.folder = folder;
    this.#temporary = temporary;
    child.stderr?.on("data", (data) => {
      this.log += data;
    });
    // What was sent before the end may still be on its way.
    child.once("exit", (code, signal) =>
      setTimeout(() => client.gone(`the kernel ended (${code ?? signal}): ${this.log}`), 500),
    );
  }

  static async start({
    folder,
    prelude,
    program = main,
    connection = {},
    env = {},
    node = process.env.KERNEL_NODE ?? process.execPath,
  }: SpawnOptions = {}): Promise<SpawnedKernel> {
    if (!existsSync(program)) throw new Error(`${program} is missing: run npm run build`);
    const temporary = mkdtempSync(join(tmpdir(), "kernel-test-"));
    const notebooks = folder ?? temporary;
    const ports = await freePorts(5);
    const file: ConnectionFile = {
      transport: "tcp",
      ip: "127.0.0.1",
      key: "a secret of this test",
      signature_scheme: "hmac-sha256",
      shell_port: ports[0],
      iopub_port: ports[1],
      stdin_port: ports[2],
      control_port: ports[3],
      hb_port: ports[4],
      ...connection,
    };
    const path = join(temporary, "connection.json");
    writeFileSync(path, JSON.stringify(file));
    const child = spawn(
      node,
      [
        ...nodeFlags,
        program,
        "kernel",
        "--connection-file",
        path,
        ...(prelude ? ["--prelude", prelude] : []),
      ],
      {
        cwd: notebooks,
        env: { ...process.env, JUPYTER_DATA_DIR: join(temporary, "jupyter"), ...env },
        stdio: ["ignore", "inherit", "pipe"],
      },
    );
    const kernel = new SpawnedKernel(child, file, new WireClient(file), notebooks, temporary);
    await kernel.ask("shell", "kernel_info_request", {});
    await kernel.client.next("iopub", ({ type }) => type === "iopub_welcome", "iopub_welcome");
    return kernel;
  }

  /** Sends a request and waits for its reply. */
  async ask(channel: "shell" | "control", type: string, content: object): Promise<Received> {
    return this.reply(channel, await this.client.send(channel, type, content));
  }

  async reply(channel: "shell" | "control", id: string, timeout?: number): Promise<Received> {
    return this.client.next(channel, ({ parent }) => parent === id, `the reply on ${channel}`, timeout);
  }

  /** Sends a cell, without waiting. */
  async submit(code: string, options: object = {}): Promise<string> {
    return this.client.send("shell", "execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
      ...options,
    });
  }

  /** Runs a cell to its end. */
  async run(code: string, options: object = {}): Promise<Executed> {
    return this.ended(await this.submit(code, options));
  }

  /** Waits for the reply and the `idle` of a cell. */
  async ended(id: string, timeout?: number): Promise<Executed> {
    const reply = await this.reply("shell", id, timeout);
    await this.idle(id);
    const iopub = this.of(id);
    const stream = (name: string) =>
      iopub
        .filter(({ type, content }) => type === "stream" && content.name === name)
        .map(({ content }) => content.text)
        .join("");
    const result = iopub.find(({ type }) => type === "execute_result");
    const error = iopub.find(({ type }) => type === "error");
    return {
      reply,
      iopub,
      stdout: stream("stdout"),
      stderr: stream("stderr"),
      result: result?.content.data["text/plain"],
      traceback: error?.content.traceback.join("\n") ?? "",
    };
  }

  async idle(id: string): Promise<void> {
    await this.client.next(
      "iopub",
      ({ type, parent, content }) => type === "status" && parent === id && content.execution_state === "idle",
      "idle",
    );
  }

  /** What came on iopub in the name of a message, so far. */
  of(id: string): Received[] {
    return this.client.received.iopub.filter(({ parent }) => parent === id);
  }

  /** Waits for the first message of a type in the name of a message. */
  async published(
    id: string,
    type: string,
    fits: (message: Received) => boolean = () => true,
  ): Promise<Received> {
    return this.client.next(
      "iopub",
      (message) => message.parent === id && message.type === type && fits(message),
      type,
    );
  }

  /** Waits until a cell has printed this text. */
  async printed(id: string, text: string): Promise<void> {
    await this.client.next(
      "iopub",
      ({ parent }) => parent === id && (this.client.printed.get(id) ?? "").includes(text),
      `printed ${JSON.stringify(text)}`,
    );
  }

  /** @returns the interrupt's reply */
  async interrupt(): Promise<Received> {
    return this.ask("control", "interrupt_request", {});
  }

  async stop(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) {
      const gone = once(this.process, "exit");
      await this.client.send("control", "shutdown_request", { restart: false });
      const timer = setTimeout(() => this.process.kill("SIGKILL"), 5000);
      await gone;
      clearTimeout(timer);
    }
    this.client.close();
    rmSync(this.#temporary, { recursive: true, force: true });
  }
}

/** Ports that nobody listens on, all different. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map((server) => once(server.listen(0, "127.0.0.1"), "listening")));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
