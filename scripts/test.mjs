import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build, environment, installPackages, root, run } from "./bootstrap.mjs";

/**
 * `npm test`: everything, on a fresh clone. Installs what the suites need when it may (root on Debian), and lists
 * loudly at the end what could not run and why. The last line is `tests: N passed, N failed, N skipped`.
 */

const results = path.join(root, ".cache", "test-results");
const totals = { passed: 0, failed: 0, skipped: 0 };
const skippedSuites = [];

installPackages();
installSystemPackages(["docker.io", "chromium", "faketime"]);
build();
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });

for (const check of ["typecheck", "lint", "boundaries", "deadcode"])
  countCheck(check, run("npm", ["run", "--silent", check]));
for (const project of ["unit", "contract", "conformance", "robustness", "clone"]) runSuite(project);
runSuite("docker", missing("dockerd", "no container engine (Debian package docker.io)"));
runSuite("attacks", missing("dockerd", "no container engine (Debian package docker.io)"));
runSuite("faults", missing("dockerd", "no container engine (Debian package docker.io)"));
runSuite("editor", missing("chromium", "no Chromium (Debian package chromium)"));

for (const { name, reason } of skippedSuites) process.stdout.write(`SKIPPED SUITE ${name}: ${reason}\n`);
process.stdout.write(`tests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped\n`);
process.exit(totals.failed > 0 ? 1 : 0);

/** A whole check (types, lint, boundaries, dead code) counts as one test. */
function countCheck(name, passed) {
  totals[passed ? "passed" : "failed"]++;
  process.stdout.write(`${passed ? "ok" : "FAILED"} ${name}\n`);
}

/** Runs one vitest project and adds its numbers; a project that leaves no report has failed. */
function runSuite(name, reasonToSkip) {
  if (reasonToSkip) {
    totals.skipped++;
    skippedSuites.push({ name, reason: reasonToSkip });
    return;
  }
  const report = path.join(results, `${name}.json`);
  const passed = run("vitest", [
    "run",
    "--project",
    name,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  if (!existsSync(report)) {
    totals.failed++;
    process.stdout.write(`FAILED ${name}: the suite did not finish\n`);
    return;
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  totals.passed += numPassedTests;
  // A suite can fail without a failed test: a file that does not load, an unhandled error.
  totals.failed += Math.max(numFailedTests, passed ? 0 : 1);
  totals.skipped += numPendingTests + numTodoTests;
  if (numPendingTests > 0)
    skippedSuites.push({ name, reason: `${numPendingTests} of its tests were skipped: see above` });
  process.stdout.write(
    `${passed ? "ok" : "FAILED"} ${name}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped\n`,
  );
}

function missing(program, reason) {
  return isInstalled(program) ? undefined : reason;
}

function isInstalled(program) {
  return spawnSync("sh", ["-c", `command -v ${program}`], { env: environment }).status === 0;
}

/** Installs Debian packages that are missing, when this is root on a Debian-like machine; otherwise the suites say what they lack. */
function installSystemPackages(packages) {
  const programs = { "docker.io": "dockerd", chromium: "chromium", faketime: "faketime" };
  const wanted = packages.filter((name) => !isInstalled(programs[name]));
  if (wanted.length === 0 || process.getuid?.() !== 0 || !isInstalled("apt-get")) return;
  process.stderr.write(`Installing ${wanted.join(", ")} …\n`);
  const quiet = { env: { ...environment, DEBIAN_FRONTEND: "noninteractive" } };
  run("apt-get", ["update", "-qq"], quiet);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...wanted], quiet);
}
