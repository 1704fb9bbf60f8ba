import { once } from "node:events";
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../../setup/free-port.js";

/** A port of 127.0.0.1 that is taken while the test runs. */
async function takenPort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return /** @type {import("node:net").AddressInfo} */ (server.address()).port;
}

test("a port that is taken is refused, and named", async () => {
  const port = await takenPort();
  await expect(freePort(port)).rejects.toThrow(`port ${port} is taken`);
});

test("port 0 stands for any free one", async () => {
  const port = await freePort(0);
  expect(port).toBeGreaterThan(1023);
  expect(await freePort(port)).toBe(port);
});

test("without a wish it is the first free one from JupyterLab's usual port on", async () => {
  const port = await freePort();
  expect(port).toBeGreaterThanOrEqual(8888);
});
