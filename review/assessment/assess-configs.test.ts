import { expect, test } from "vitest";
import { assess, type Files, told } from "#review/assessment/testing/assess.ts";

const config = (text: string): Files => ({ "a.tac": "return 1\n", ".tactus/config.yml": text });

test.for<[string, Files, Files, string[]]>([
  [
    "a writable mount",
    { "a.tac": "return 1\n" },
    { "a.tac": "return 1\n", "a.tac.yml": "sandbox:\n  volumes:\n    - ~/data:/data:rw\n" },
    ["high files a.tac.yml:3 now mounts ~/data, writable, at /data"],
  ],
  [
    "a mount that becomes writable",
    config("sandbox: {volumes: ['./d:/d:ro']}\n"),
    config("sandbox: {volumes: ['./d:/d:rw']}\n"),
    [
      "high files .tactus/config.yml:1 now mounts ./d, writable, at /d",
      "none files .tactus/config.yml:1 before no longer mounts ./d, read-only, at /d",
    ],
  ],
  [
    "a network",
    config("sandbox: {network: none}\n"),
    config("sandbox: {network: bridge}\n"),
    [
      'high network .tactus/config.yml:1 now connects the sandbox to the network bridge; before, it sets sandbox.network to "none"',
    ],
  ],
  [
    "a program as an MCP server, in other letters",
    config(""),
    config("mcp_servers:\n  files:\n    command: node\n    args: [server.js]\n"),
    [
      "high tools .tactus/config.yml:2 now starts the program node server.js inside the sandbox as the MCP server files",
    ],
  ],
  [
    "an image",
    config(""),
    config("sandbox: {image: evil/image}\n"),
    ["high trust .tactus/config.yml:1 now runs in another image: evil/image"],
  ],
  [
    "a limit beyond the safe one",
    config("limits: {cost: 1}\n"),
    config("limits: {cost: 100}\n"),
    ["high limits .tactus/config.yml:1 now raises a limit: cost 100; before, it sets limits.cost to 1"],
  ],
  [
    "a limit that is gone",
    config("limits: {cost: 1}\n"),
    config("limits: {tokens: 1000}\n"),
    [
      "high limits .tactus/config.yml:1 before no longer sets limits.cost to 1",
      "none limits .tactus/config.yml:1 now sets limits.tokens to 1000",
    ],
  ],
  [
    "a lower limit",
    config("limits: {cost: 2}\n"),
    config("limits: {cost: 1}\n"),
    ["none limits .tactus/config.yml:1 now sets limits.cost to 1; before, it sets limits.cost to 2"],
  ],
  [
    "a secret, which is not told",
    config(""),
    config("openai_api_key: sk-proj-abcdefghijklmnopqrstuvwxyz0123456789\n"),
    ["high model .tactus/config.yml:1 now brings an API key or account of its own: openai_api_key"],
  ],
  [
    "a plugin of a config that did not change",
    { ...config("tool_paths: [tools]\n"), "tools/p.py": "x = 1\n" },
    { ...config("tool_paths: [tools]\n"), "tools/p.py": "x = 2\n" },
    ["high code tools/p.py is Python that a config of the repository loads as tools"],
  ],
  [
    "a program of an MCP server",
    { ...config("mcp_servers: {s: {command: python3, args: [servers/s.py]}}\n"), "servers/s.py": "1\n" },
    { ...config("mcp_servers: {s: {command: python3, args: [servers/s.py]}}\n"), "servers/s.py": "2\n" },
    ["high code servers/s.py is part of an MCP server that a config of the repository starts"],
  ],
  [
    "a config that is not read",
    config(""),
    config("sandbox: [\n"),
    [expect.stringMatching(/^high tree .*can't be read/)],
  ],
  [
    "a workflow",
    {},
    { ".github/workflows/ci.yml": "on: push\n" },
    [
      "low trust .github/workflows/ci.yml is touched, and hidden files and folders steer programs of this machine",
    ],
  ],
  [
    "a new procedure",
    {},
    { "a.tac": "return 1\n" },
    ["low code a.tac:1 changes code outside of its declarations"],
  ],
  ["any other file", { "a.txt": "1" }, { "a.txt": "2", "b/c.txt": "3" }, []],
  [
    "characters that deceive",
    { "a.tac": "return 1\n" },
    { "a.tac": "return 1 --[[\u202e]]\n" },
    [expect.stringMatching(/^high diagnostics a\.tac:1 /)],
  ],
])("%s", async ([, base, head, expected]) => {
  const report = await assess(base, head);
  const lines = told(report);
  for (const line of expected) expect(lines).toContainEqual(line);
  const high = lines.some((line) => line.startsWith("high "));
  expect(report.risk).toBe(high ? "high" : lines.some((line) => line.startsWith("low ")) ? "low" : "none");
  expect(JSON.stringify(report)).not.toContain("sk-proj");
});

test("what a config brings stands with the config, and in the manifest of the procedure that changed with it", async () => {
  const report = await assess(
    { "a.tac": "return 1\n" },
    { "a.tac": "return 2\n", "a.tac.yml": "sandbox: {volumes: ['~/data:/data:rw']}\n" },
  );
  const mount = expect.objectContaining({
    capability: "mount",
    trust: "trusted",
    origin: { file: "a.tac.yml", line: 1 },
  });
  expect(report.files).toMatchObject([
    { file: "a.tac", added: [mount] },
    { file: "a.tac.yml", added: [mount] },
  ]);
  expect(report.reasons.filter((reason) => reason.includes("~/data"))).toHaveLength(1);
});

test("a procedure that did not change itself is told where its module or config did", async () => {
  const report = await assess(
    { "a.tac": 'local m = require("lib.m")\nreturn m\n', "lib/m.tac": "return {}\n" },
    {
      "a.tac": 'local m = require("lib.m")\nreturn m\n',
      "lib/m.tac": 'File.write("out.txt", "x")\nreturn {}\n',
      ".tactus/config.yml": "sandbox: {network: bridge}\n",
    },
  );
  expect(report.files).toMatchObject([
    { file: ".tactus/config.yml", added: [{ capability: "network", target: "bridge" }] },
    {
      file: "lib/m.tac",
      added: [{ capability: "file.write", target: "out.txt" }, { capability: "network" }],
    },
  ]);
});
