import { createServer } from "node:net";
import { SetupError } from "./setup-error.js";

/** JupyterLab's usual port, and how many after it are tried. */
const usual = 8888;
const tries = 50;

/**
 * A port of 127.0.0.1 that nobody listens on.
 *
 * @param {number} [wanted] this one and no other, or 0 for any
 * @returns {Promise<number>}
 * @throws {SetupError} where it is taken
 */
export async function freePort(wanted) {
  if (wanted !== undefined) {
    const port = await listenOnce(wanted);
    if (port === undefined)
      throw new SetupError(
        `port ${wanted} is taken or not ours to use; leave --port out, or use --port 0 for any free one`,
      );
    return port;
  }
  for (let port = usual; port < usual + tries; port++) {
    if ((await listenOnce(port)) !== undefined) return port;
  }
  return /** @type {number} */ (await listenOnce(0));
}

/** @param {number} port @returns {Promise<number | undefined>} the port, unless it can't be had */
function listenOnce(port) {
  return new Promise((done) => {
    const server = createServer();
    server.on("error", () => done(undefined));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const { port: got } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => done(got));
    });
  });
}
