/**
 * `node count.js report.json status` closes a run: it prints how many tests of vitest's JSON report passed and
 * failed, and ends with a code other than 0 where any failed, any was skipped, none ran, or the run itself failed.
 */
import { readFileSync } from "node:fs";

const [path, status] = process.argv.slice(2);
let report = { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 0, testResults: [] };
try {
  report = JSON.parse(readFileSync(path, "utf8"));
} catch {
  console.error("No test ran: set-up or vitest stopped before that.");
}

const results = report.testResults.flatMap((file) => file.assertionResults);
const skipped = results.filter(({ status }) => status !== "passed" && status !== "failed");
for (const { fullName, status } of skipped) console.error(`${status}: ${fullName}`);
// A file that could not even be loaded holds no failed test, yet it failed.
const broken = report.testResults.filter(
  (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
);
for (const { name } of broken) console.error(`could not be run: ${name}`);

const failed = report.numFailedTests + skipped.length + broken.length;
if (Number(status) !== 0) console.error(`npm test ended with code ${status}.`);
console.log(`${report.numPassedTests} passed, ${failed} failed`);
process.exitCode = Number(status) || (failed || !report.numPassedTests ? 1 : 0);
