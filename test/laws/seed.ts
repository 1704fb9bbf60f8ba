/** Property tests repeat the same cases each time, so that a red test is red for all; `LAWS_SEED` tries others. */
import fc from "fast-check";

const seed = Number(process.env.LAWS_SEED ?? 20140906);
const more = Number(process.env.LAWS_RUNS ?? 0);
fc.configureGlobal({ seed, ...(more > 0 && { numRuns: more }) });
