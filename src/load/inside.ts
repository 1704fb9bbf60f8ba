import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, sep, win32 } from "node:path";
import { FileError } from "../errors.js";

/**
 * The true path of a file that a model names, which must lie in the model's own folder or below it; links are
 * followed first, so none leads out.
 *
 * @param model the model's path
 * @param named what the model calls the file: text from outside
 * @throws {FileError} `"outside"` when it points elsewhere, `"missing"` when there is no such file
 */
export async function insideFolderOf(where: string, model: string, named: string): Promise<string> {
  const outside = (): FileError => {
    const sentence = `keeps weights in ${JSON.stringify(named.slice(0, 80))}, which is outside the model's own folder and is not read; put the file beside the model and correct its name`;
    return new FileError(where, model, "outside", sentence);
  };
  if (named === "" || named.includes("\0") || isAbsolute(named) || win32.isAbsolute(named)) throw outside();
  const folder = dirname(model);
  if (leads(relative(folder, join(folder, named)))) throw outside();
  const found = await realpath(join(folder, named)).catch((cause: NodeJS.ErrnoException) => {
    throw new FileError(
      where,
      model,
      "missing",
      `its weights file ${JSON.stringify(named.slice(0, 80))} is missing`,
      {
        cause,
      },
    );
  });
  if (leads(relative(await realpath(folder), found))) throw outside();
  return found;
}

/** Whether a relative path leads out of where it starts. */
function leads(path: string): boolean {
  return path === ".." || path.startsWith(`..${sep}`) || isAbsolute(path);
}
