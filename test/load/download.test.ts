import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { DownloadError, FileError, UnknownNameError } from "../../src/errors.js";
import { fromDebianSource } from "../../src/load/debian-source.js";
import { pipDownload } from "../../src/load/pip.js";
import { downloadBzip2 } from "../../src/load/public-download.js";
import { unzipEntry } from "../../src/load/unzip.js";
import { fetchWeights, type WeightsName } from "../../src/load/weights.js";
import { fileWith, folderWith } from "./temporary.js";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** A machine whose only programs are these, each a shell script. */
async function onlyPrograms(scripts: Readonly<Record<string, string>>): Promise<void> {
  const folder = await folderWith();
  for (const [name, script] of Object.entries(scripts)) {
    await writeFile(join(folder, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${script}\n`);
    await chmod(join(folder, name), 0o755);
  }
  vi.stubEnv("PATH", folder);
}
const failure = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => expect.fail("it went well"),
    (error: Error) => error,
  );

describe("a download by pip", () => {
  const wheel = { requirement: "some-thing==1.0", bytes: 2000 };
  /** `--dest` is the last argument but two. */
  const downloads = 'while [ "$1" != --dest ]; do shift; done; cd "$2"';
  const pip = (script: string) => ({ python3: `[ "$3" = --version ] && exit 0\n${script}` });

  test("returns the wheel and shows how far it is", async () => {
    await onlyPrograms(
      pip(`${downloads}; head -c 1000 /dev/zero > a.whl; sleep 1; head -c 2000 /dev/zero > a.whl`),
    );
    const seen: number[] = [];
    const folder = await folderWith();
    const path = await pipDownload(wheel, folder, { progress: (done) => seen.push(done) });
    expect(path).toBe(join(folder, "a.whl"));
    expect(seen[0]).toBe(1000);
    expect(seen.at(-1)).toBe(2000);
  });

  test("asks for that wheel alone, and runs none of its code", async () => {
    await onlyPrograms(pip(`echo "$*" > "$TMPDIR/asked"; ${downloads}; touch a.whl`));
    const folder = await folderWith();
    await pipDownload(wheel, folder);
    expect(await readFile(join(folder, "asked"), "utf8")).toBe(
      `-m pip download --no-deps --only-binary=:all: --no-input --progress-bar off --dest ${folder} some-thing==1.0\n`,
    );
  });

  test("that fails says what pip said last", async () => {
    await onlyPrograms(pip("echo Looking; echo 'ERROR: No matching distribution' >&2; exit 1"));
    const error = await failure(pipDownload(wheel, await folderWith()));
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.message).toContain("No matching distribution");
  });

  test("uses a throw-away environment where Python has no pip of its own", async () => {
    const inside = `#!/bin/sh\\n${downloads}; : > b.whl`.replaceAll('"', '\\"').replaceAll("$", "\\$");
    await onlyPrograms({
      python3: `[ "$2" = pip ] && exit 1\nmkdir -p "$3/bin"; printf "${inside}" > "$3/bin/python"; chmod +x "$3/bin/python"`,
    });
    expect(await pipDownload(wheel, await folderWith())).toMatch(/b\.whl$/);
  });

  test("without any Python says what to install", async () => {
    await onlyPrograms({});
    const error = await failure(pipDownload(wheel, await folderWith()));
    expect(error).toBeInstanceOf(DownloadError);
    expect(error.message).toContain("python3 is not installed");
    expect(error.message).toContain("install Python 3 with pip");
  });

  test("that is aborted ends pip and throws the signal's reason", async () => {
    await onlyPrograms(pip(`${downloads}; echo $$ > pid; exec sleep 60`));
    const folder = await folderWith();
    const stop = new AbortController();
    const reason = new Error("enough");
    const download = pipDownload(wheel, folder, { signal: stop.signal });
    await vi.waitFor(async () => expect(await readdir(folder)).toContain("pid"), 5000);
    stop.abort(reason);
    await expect(download).rejects.toBe(reason);
    const pid = Number(await readFile(join(folder, "pid"), "utf8"));
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });
});

describe("one entry of a zip file", () => {
  const content = new Uint8Array(300_000).map((_, i) => i % 251);
  const archive = zipSync({
    "a/first": new Uint8Array(9),
    "a/wanted": content,
    "b/wanted": new Uint8Array(1),
  });

  test("is unpacked alone", async () => {
    const folder = await folderWith({ "x.zip": archive });
    await unzipEntry(join(folder, "x.zip"), "a/wanted", join(folder, "out"), content.length);
    expect(new Uint8Array(await readFile(join(folder, "out")))).toEqual(content);
  });

  test.each([
    ["is not in it", archive, "c/wanted", content.length],
    ["is larger than it may be", archive, "a/wanted", content.length - 1],
    ["is cut off", archive.subarray(0, 700), "a/wanted", content.length],
    ["lies in what is no zip file", new Uint8Array(5000), "a/wanted", content.length],
  ])("that %s is refused", async (_, bytes, entry, limit) => {
    const folder = await folderWith({ "x.zip": bytes });
    const error = await failure(unzipEntry(join(folder, "x.zip"), entry, join(folder, "out"), limit));
    expect(error).toBeInstanceOf(FileError);
  });
});

/** `"hello "` a thousand times, packed by Python's bz2. */
const hello = Buffer.from(
  "QlpoOTFBWSZTWaOjbkcABduRAEAAAkSgAFBmgE1UY2pBlSD9SDKkG1SDhdyRThQkKOjbkcA=",
  "base64",
);

describe("a download from a site", () => {
  async function site(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, "127.0.0.1");
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    await vi.waitFor(() => expect(server.listening).toBe(true));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/file.bz2`;
  }

  test("is unpacked on the way", async () => {
    const url = await site((_, response) => response.end(hello));
    const target = await fileWith("");
    await downloadBzip2(url, target, 6000);
    expect(await readFile(target, "utf8")).toBe("hello ".repeat(1000));
  });

  test.each<[string, RequestListener, number, string]>([
    ["that is not there", (_, response) => response.writeHead(404).end(), 6000, "404"],
    ["that is cut off", (_, response) => response.end(hello.subarray(0, 40)), 6000, ""],
    ["that is no bzip2 file", (_, response) => response.end("once upon a time"), 6000, "bzip2"],
    ["that is larger than it may be", (_, response) => response.end(hello), 5999, "more than 5999"],
    ["that never answers", () => {}, 6000, "no answer within 0.3 s"],
    [
      "that stops halfway",
      (_, response) => response.write(hello.subarray(0, 40)),
      6000,
      "no answer within 0.3 s",
    ],
  ])("%s fails", async (_, answer, bytes, words) => {
    const error = await failure(downloadBzip2(await site(answer), await fileWith(""), bytes, {}, 300));
    expect(error.message).toContain(words);
  });

  test("that is aborted throws the signal's reason", async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const url = await site(() => stop.abort(reason));
    await expect(downloadBzip2(url, await fileWith(""), 6000, { signal: stop.signal })).rejects.toBe(reason);
  });
});

describe("a file of a Debian source package", () => {
  const source = {
    package: "some-thing",
    archive: /models\.tar\.bz2$/,
    archiveBytes: 200,
    file: "net.dnn",
    bytes: 12,
  };
  /** m/README, m/net.dnn ("twelve bytes") and m/later, packed by Python's tarfile and bz2. */
  const archive =
    "QlpoOTFBWSZTWZAbGjIAAK3/gMuAACBAAf+AJgIQ4HYHH+AoCCAAkor1CaZAAAAaAxA2pKemp6jTQbQjQ0NNGjTTO+vzQPYbBkgyydESBShKJUbEVJ28gRRqYQk5IZLDHErJjkwEBkB38XvAumLVbJPu4FJgdLygYYa7rWtJBYPLOGNQTlWXTokIa+wFcCsB2fOFO3Qs6BCX8XckU4UJCQGxoyA=";

  test.runIf(process.platform === "linux")("is fetched by apt-get in a folder of its own", async () => {
    const folder = await folderWith({ packed: Buffer.from(archive, "base64") });
    const script = `case "$*" in
      *update) exit 100 ;;
      *) echo "$*" > "${folder}/asked"; cp "${folder}/packed" some-thing.orig-models.tar.bz2 ;;
    esac`;
    await onlyPrograms({ "apt-get": script });
    const path = await fromDebianSource(source, folder);
    expect(path).toBe(join(folder, "net.dnn"));
    expect(await readFile(path, "utf8")).toBe("twelve bytes");
    const asked = await readFile(join(folder, "asked"), "utf8");
    expect(asked).toContain(`Dir::State=${folder}`);
    expect(asked).toMatch(/source --download-only --quiet=2 some-thing\n$/);
  });

  test.runIf(process.platform === "linux")("that apt-get does not find fails in its words", async () => {
    await onlyPrograms({ "apt-get": "echo 'E: Unable to find a source package' >&2; exit 100" });
    expect((await failure(fromDebianSource(source, await folderWith()))).message).toContain("Unable to find");
  });
});

describe("weights by name", () => {
  test("are known by name only", async () => {
    const error = await failure(fetchWeights("vgg61" as WeightsName));
    expect(error).toBeInstanceOf(UnknownNameError);
    expect(error).toMatchObject({ known: ["vgg16", "hed", "resnet34"] });
  });

  test("that can't be fetched anywhere say where to put them by hand", async () => {
    const cache = await folderWith();
    vi.stubEnv("DECONVNET_CACHE", cache);
    vi.stubGlobal("fetch", () => Promise.reject(new Error("no network")));
    await onlyPrograms({ "apt-get": "echo 'E: nothing' >&2; exit 100" });
    const error = await failure(fetchWeights("resnet34"));
    expect(error).toBeInstanceOf(DownloadError);
    expect((error as DownloadError).tried).toHaveLength(2);
    expect(error.message).toContain("no network");
    expect(error.message).toContain(join(cache, "resnet34-399bbdef8114.dnn"));
    expect(await readdir(cache)).toEqual([]);
  });
});
