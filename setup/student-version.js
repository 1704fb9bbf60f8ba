/** `npm run student -- FOLDER`: the notebooks as a class gets them, the lessons without their solutions. */
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { main } from "./prepare.js";
import { SetupError } from "./setup-error.js";
import { studentNotebook } from "./student-notebook.js";
import { tree } from "./tree.js";

await main(async () => {
  const [asked, ...more] = process.argv.slice(2);
  if (asked === undefined || more.length > 0) {
    throw new SetupError(
      "name one folder that the student version shall be written to: npm run student -- FOLDER",
    );
  }
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), asked);
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new SetupError(
      `${folder} is not empty; name a new folder, so that nobody's answers are written over`,
    );
  }
  const from = join(tree, "notebooks");
  const lessons = join(from, "lessons");
  await cp(from, folder, {
    recursive: true,
    filter: (path) => path !== lessons && !path.includes(".ipynb_checkpoints"),
  });
  await mkdir(join(folder, "lessons"));
  const names = (await readdir(lessons)).filter((name) => name.endsWith(".ipynb"));
  for (const name of names) {
    const notebook = JSON.parse(await readFile(join(lessons, name), "utf8"));
    const text = JSON.stringify(studentNotebook(notebook, name), null, 1);
    await writeFile(join(folder, "lessons", name), `${text}\n`);
  }
  console.log(`${names.length} lessons without solutions, and what they need: ${folder}`);
  return 0;
});
