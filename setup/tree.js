import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's own folder. */
export const tree = dirname(dirname(fileURLToPath(import.meta.url)));

/** Where stamps of what lies in node_modules are kept: they go when it goes. */
export const stamps = join(tree, "node_modules", ".deconvnet");
