#!/usr/bin/env node
/** The command `deconvnet`: installs the kernel into Jupyter, takes it out, and runs it. */
import { createRequire } from "node:module";
import { Command } from "commander";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };
const program = new Command("deconvnet")
  .description("TypeScript in Jupyter, with deconvnet in scope")
  .version(version);

program
  .command("kernel")
  .description("run the kernel; Jupyter does this")
  .requiredOption("--connection-file <path>", "the connection file that Jupyter wrote")
  .option("--prelude <module>", "a module whose exports are in scope in every cell")
  .action(async (options: { connectionFile: string; prelude?: string }) => {
    const { startKernel } = await import("./kernel.js");
    await startKernel(options);
  });

for (const [name, description] of [
  ["install", "make the kernel known to Jupyter"],
  ["uninstall", "take the kernel out of Jupyter"],
] as const) {
  program
    .command(name)
    .description(description)
    .option("--user", "for this user (default)")
    .option("--sys-prefix", "in the Python environment that is active, or whose Python is on the path")
    .option("--prefix <folder>", "in <folder>/share/jupyter/kernels")
    .option("--name <name>", "the kernel's name", "deconvnet")
    .option("--prelude <module>", "a module whose exports are in scope in every cell", "deconvnet")
    .option("--no-prelude", "nothing but the kernel's own words in scope")
    .action(async (options) => {
      const { install, uninstall } = await import("./install.js");
      const said = name === "install" ? install(options) : uninstall(options);
      console.log(said);
    });
}

await program.parseAsync();
