import { createRequire } from "node:module";

const { name } = createRequire(import.meta.url)("../../package.json") as { name: string };

/** The package that this kernel came with. */
export const packageName: string = name;
