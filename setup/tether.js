/**
 * `node tether.js command [argument…]` runs a command that never outlives whoever started it: when standard
 * input closes (also because that process was killed outright), the command ends with everything it started.
 * Else a killed set-up would leave an `npm ci` behind that writes into node_modules during the next one.
 */
import { spawn } from "node:child_process";

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, {
  stdio: ["ignore", "inherit", "inherit"],
  shell: /\.(cmd|bat)$/i.test(command),
});

child.on("error", (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on("exit", (code) => process.exit(code ?? 1));

process.stdin.on("end", endAll).on("error", endAll).resume();

/** Milliseconds for a command that ends by itself what it started; then its end is the end. */
const patience = Number(process.env.TETHER_PATIENCE);

/** Asks politely, and after two seconds (or that patience) not any more. */
function endAll() {
  if (process.platform === "win32") {
    spawn("taskkill", ["/pid", String(child.pid), "/t", "/f"], { stdio: "ignore" });
    return;
  }
  if (!patience) child.removeAllListeners("exit"); // what it started may still live
  process.on("SIGTERM", () => {});
  process.kill(-process.pid, "SIGTERM"); // this process leads its group: see run.js
  setTimeout(() => process.kill(-process.pid, "SIGKILL"), patience || 2000);
}
