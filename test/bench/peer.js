import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * PyTorch and captum as a program that answers timing requests, so that its runs take turns with ours.
 *
 * @param {string} python
 * @param {string} script
 */
export async function startPeer(python, script) {
  const child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${script} ended before it answered`);
    return JSON.parse(value);
  };
  const ready = await next();
  return {
    about: `PyTorch ${ready.torch}, captum ${ready.captum}, ${ready.threads} threads`,
    /** @param {string} work @returns {Promise<number>} milliseconds of one run */
    async time(work) {
      child.stdin.write(`${JSON.stringify({ work, repeats: 1 })}\n`);
      const answer = await next();
      if (answer.error) throw new Error(answer.error);
      return answer.median;
    },
    end: () => child.stdin.end(),
  };
}
