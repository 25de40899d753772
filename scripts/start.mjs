import { spawnSync } from "node:child_process";
import path from "node:path";
import { build, environment, installPackages, root } from "./bootstrap.mjs";

/**
 * `npm start`: the main job on a fresh clone. In Docker when an engine answers, else in the embedded isolation,
 * and the first line says which. Further arguments go to `tactus-studio run`: `npm start -- FILE --input key=value`.
 */
installPackages();
build();

const studio = path.join(root, "bin", "tactus-studio");
const asked = process.argv.slice(2);
const doctor = spawnSync(studio, ["sandbox", "doctor", "--json"], {
  cwd: root,
  env: environment,
  encoding: "utf8",
});
const isolation = asked.some((argument) => argument.startsWith("--isolation") || argument === "--sandbox")
  ? []
  : ["--isolation", dockerAnswers(doctor.stdout) ? "docker" : "embedded"];
process.stdout.write(
  isolation[1] === "embedded"
    ? "No container engine answers: running in the embedded isolation, which is weaker than Docker (docs/security.md).\n"
    : "Running in a locked-down Docker container.\n",
);
const target = asked.some((argument) => argument.endsWith(".tac"))
  ? asked
  : ["examples/order-desk.tac", ...asked];
const { status } = spawnSync(studio, ["run", ...target, ...isolation], {
  cwd: root,
  env: environment,
  stdio: "inherit",
});
process.exit(status ?? 1);

function dockerAnswers(report) {
  try {
    return JSON.parse(report).docker?.available === true;
  } catch {
    return false;
  }
}
