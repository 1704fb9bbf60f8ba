import { createRequire } from "node:module";
import { type Fields, protocolVersion } from "./message.js";
import { tslabRequire } from "./tslab.js";

const require = createRequire(import.meta.url);

/** The answer to kernel_info_request. Nothing of the compiler is loaded for it. */
export function kernelInfo(): Fields {
  const { version } = require("../../package.json") as { version: string };
  const compiler = tslabRequire("@tslab/typescript-for-tslab/package.json") as { version: string };
  return {
    status: "ok",
    protocol_version: protocolVersion,
    implementation: "deconvnet",
    implementation_version: version,
    language_info: {
      name: "typescript",
      version: compiler.version,
      mimetype: "text/typescript",
      file_extension: ".ts",
      pygments_lexer: "typescript",
      codemirror_mode: { name: "javascript", typescript: true },
      nbconvert_exporter: "script",
    },
    banner: `TypeScript ${compiler.version} on Node ${process.version}`,
    debugger: false,
    supported_features: [],
    help_links: [
      { text: "TypeScript", url: "https://www.typescriptlang.org/docs/" },
      { text: "Node.js", url: "https://nodejs.org/api/" },
    ],
  };
}
