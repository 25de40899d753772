import { expect, test } from "vitest";
import { askedWords } from "#language/sidecar/asked-words.ts";
import { valueAt } from "#language/sidecar/config-path.ts";
import { hiddenValue } from "#language/sidecar/hidden-value.ts";
import { resolveLayers } from "#language/sidecar/layers.ts";
import { readConfig } from "#language/sidecar/read-config.ts";

/** What a folder's file asks for, as it is told to people. */
function told(text: string): string[] {
  const own = { read: readConfig("sandbox: { container_runtime: runsc }", "config.yml"), trusted: true };
  const read = readConfig(text, "a.tac.yml");
  const context = { isGranted: () => false, variable: () => "x" };
  const { decisions } = resolveLayers([own, { read, trusted: false }], context);
  return decisions
    .slice(1)
    .map(({ written: { path, capability, target } }) =>
      askedWords({ path, capability, target, value: hiddenValue(path, valueAt(read.config, path)) }),
    );
}

test.for<[string, string]>([
  ["sandbox: { enabled: false }", "switches the container off: runs in a child process, which is weaker"],
  ["sandbox: { container_runtime: default }", "takes back the stronger container that your config asks for"],
  ["sandbox: { network: bridge }", "connects the sandbox to the network bridge"],
  ['sandbox: { volumes: ["~/data:/data:rw"] }', "mounts ~/data, writable, at /data"],
  ['sandbox: { volumes: ["./x:/data"] }', "mounts ./x, read-only, at /data"],
  ["sandbox: { mount_current_dir: true }", "lets the procedure write into this folder itself"],
  ["sandbox: { image: some:tag }", "runs in another image: some:tag"],
  ["sandbox: { env: { STAGE: 1 } }", "sets the variable STAGE to 1 inside the sandbox"],
  ["sandbox: { limits: { memory: 8g } }", "raises a limit: memory 8g"],
  ["limits: { cost: 50 }", "raises a limit: cost 50"],
  [
    "mcp_servers: { files: { command: npx, args: [-y, files] } }",
    "starts the program npx -y files inside the sandbox as the MCP server files",
  ],
  [
    "mcp_servers: { files: { command: npx, placement: host, tools: ['*'] } }",
    "starts the program npx outside the sandbox, on this machine as the MCP server files",
  ],
  [
    "mcp_servers: { web: { url: 'https://example.com/mcp', tools: ['*'] } }",
    "connects to https://example.com/mcp as the MCP server web",
  ],
  ["tool_paths: [./tools]", "starts the Python files of ./tools inside the sandbox"],
  ["host_tools: { allow: [git.status] }", "calls your tool git.status, which acts outside the sandbox"],
  [
    "host_tools: { tools: { wipe: { command: [rm, -rf, /] } } }",
    "runs the command rm -rf / outside the sandbox, on this machine",
  ],
  [
    "providers: { own: { kind: openai, base_url: 'http://other.test/v1' } }",
    "sends requests to models to the provider own at http://other.test/v1",
  ],
  ["openai_api_key: sk-folder", "brings an API key or account of its own: openai_api_key"],
  [`default_model: "\${STAGE}"`, `reads a variable of yours for \`default_model\`: \${STAGE}`],
  ["ceilings: { timeout: 9 }", "sets a ceiling for grants: timeout 9"],
])("%s is told as: it %s", ([text, words]) => {
  expect(told(text)).toEqual([words]);
});

test("an argument with blanks can't be taken for several, and a variable's secret is not told", () => {
  const words = told('mcp_servers: { x: { command: sh, args: ["-c", "a b"], env: { API_TOKEN: canary } } }');
  expect(words).toEqual([
    'starts the program sh -c "a b" inside the sandbox as the MCP server x, with the variables API_TOKEN',
  ]);
});
