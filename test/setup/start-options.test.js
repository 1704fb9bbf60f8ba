import { join } from "node:path";
import { expect, test } from "vitest";
import { readStartOptions } from "../../setup/start-options.js";
import { folderWith } from "./folder.js";

const tree = "/project";

test("npm start alone opens the first notebook in a browser, on the first free port", () => {
  expect(readStartOptions([], tree)).toEqual({
    folder: join(tree, "notebooks"),
    notebook: "start-here.ipynb",
    browser: true,
    port: undefined,
    picture: false,
  });
});

test("flags change that", () => {
  const options = readStartOptions(["--no-browser", "--port", "0", "--picture"], tree);
  expect(options).toMatchObject({ browser: false, port: 0, picture: true });
  expect(readStartOptions(["--port=9000"], tree).port).toBe(9000);
});

test("a notebook or a folder of one's own is opened instead, by a path from where npm was called", () => {
  const folder = folderWith({ "mine/my.ipynb": "{}" });
  expect(readStartOptions(["mine/my.ipynb"], tree, folder)).toMatchObject({
    folder: join(folder, "mine"),
    notebook: "my.ipynb",
  });
  expect(readStartOptions(["mine"], tree, folder)).toMatchObject({
    folder: join(folder, "mine"),
    notebook: undefined,
  });
});

test.each([
  [["--ip=0.0.0.0"], /Unknown option '--ip': npm start -- \[notebook or folder\]/],
  [["--", "--ServerApp.token="], /there is no .*--ServerApp\.token=/],
  [["--port", "http"], /--port is http; give a number from 0 \(any free port\) to 65535/],
  [["--port", "65536"], /--port is 65536/],
  [["--port"], /--port/],
  [["--no-browser=yes"], /--no-browser/],
  [["no-such.ipynb"], /there is no .*no-such\.ipynb/],
  [["a", "b"], /one notebook or folder, not a and b/],
])("%j is refused by name", (args, message) => {
  expect(() => readStartOptions(args, tree)).toThrow(message);
});
