import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Checks the import table of .dependency-cruiser.mjs, and first that the checker itself still notices: it is given a
 * file that breaks the rules (a canary), since a checker that reads no modules reports success.
 */

const folders = [
  "common",
  "protocol",
  "vocabulary",
  "lua",
  "language",
  "runtime",
  "sandbox",
  "broker",
  "runs",
  "review",
  "report",
  "web",
  "language-server",
  "debug-adapter",
  "cli",
  "extension",
];

interface Report {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: ReadonlyArray<{ rule: { name: string }; from: string; to: string }>;
  };
}

function cruise(paths: readonly string[]): Report {
  const { stdout, stderr } = spawnSync(
    "depcruise",
    ["--config", ".dependency-cruiser.mjs", "--output-type", "json", ...paths],
    { encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
  );
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    throw new Error(`The dependency check did not run: ${stderr || stdout.slice(0, 500)}`);
  }
}

function canaryIsNoticed(): boolean {
  const folder = mkdtempSync(path.join("common", "canary-"));
  try {
    writeFileSync(
      path.join(folder, "canary.ts"),
      'import "node:fs";\nimport type { Isolation } from "#sandbox/isolation.ts";\nexport type Leak = Isolation;\n',
    );
    const rules = cruise([folder]).summary.violations.map((violation) => violation.rule.name);
    return rules.includes("layer-common") && rules.includes("no-node-in-pure-folders");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (!canaryIsNoticed()) {
  console.error("The dependency check does not notice a forbidden import: its configuration is broken.");
  process.exit(1);
}
const { totalCruised, violations } = cruise(folders).summary;
for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`${totalCruised} modules, ${violations.length} violations`);
process.exit(violations.length > 0 ? 1 : 0);
