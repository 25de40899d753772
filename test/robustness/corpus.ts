import { globSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** Texts that mutations start from and take their pieces from: the sample and every procedure of the repository. */
export const procedures: readonly string[] = read([
  "test/robustness/sample.tac",
  "examples/**/*.tac",
  "test/editor/workspace/*.tac",
]);

/** A sidecar that has most kinds of keys. */
const sidecar = `# Settings beside letters.tac
description: Sorts letters
default_provider: openai
sandbox: &box
  network: none
  timeout: 120
  limits: { memory: "512m", cpus: "1" }
  volumes:
    - "./data:/data:ro"
  env:
    LANGUAGE: "en"
mcp_servers:
  files:
    command: npx
    args: ["-y", "server-files@1.2.3", "."]
    env: { ROOT: "\${HOME}" }
tool_paths: [ "./tools" ]
host_tools:
  allow: [ host.ping ]
other:
  <<: *box
  text: |
    several
    lines
`;

export const settings: readonly string[] = [
  sidecar,
  "sandbox:\n  enabled: true\n",
  ...read(["test/**/.tactus/config.yml"]),
];

function read(patterns: readonly string[]): string[] {
  return globSync([...patterns], { cwd: root })
    .sort()
    .map((name) => readFileSync(path.join(root, name), "utf8"));
}
