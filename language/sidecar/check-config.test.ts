import { describe, expect, test } from "vitest";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { checkConfigDocument } from "#language/sidecar/check-config.ts";
import type { CheckContext } from "#language/sidecar/check-context.ts";
import type { ProcedureFacts } from "#language/sidecar/procedure-facts.ts";
import { readConfig } from "#language/sidecar/read-config.ts";
import { parseYamlDocument } from "#language/sidecar/yaml-document.ts";

const sidecar: CheckContext = {
  file: "a.tac.yml",
  place: { folder: "/work/flows", workspaceRoot: "/work", home: "/home/ada" },
};
const own: CheckContext = { ...sidecar, file: "/home/ada/.tactus/config.yml", isOwn: true, others: [] };

function check(text: string, context: Partial<CheckContext> = {}): readonly Diagnostic[] {
  return checkConfigDocument(parseYamlDocument(text), { ...sidecar, ...context });
}

/** Findings as `line:character code`, both from 0; errors with a `!`. */
function found(text: string, context: Partial<CheckContext> = {}): string[] {
  return check(text, context).map(
    ({ range: { start }, code, severity }) =>
      `${start.line}:${start.character} ${code}${severity === "error" ? "!" : ""}`,
  );
}

/** The text after the first fix of the first finding that has one. */
function fixed(text: string, context: Partial<CheckContext> = {}): string {
  const { lines } = parseYamlDocument(text);
  const fix = check(text, context).find(({ fixes }) => fixes)?.fixes?.[0];
  if (!fix) throw new Error("There is no fix.");
  return fix.edits
    .toSorted((left, right) => lines.offsetAt(right.range.start) - lines.offsetAt(left.range.start))
    .reduce(
      (done, { range, text: put }) =>
        done.slice(0, lines.offsetAt(range.start)) + put + done.slice(lines.offsetAt(range.end)),
      text,
    );
}

const volumes = (volume: string): string => `sandbox: { volumes: ["${volume}"] }`;

describe("mounts", () => {
  test.for<[string, readonly string[]]>([
    ["./data:/data:ro", []],
    ["./data:/data", ["config-mount-mode"]],
    ["./data:/data:rw", ["config-mount-writable"]],
    ["../shared:/shared:ro", []],
    ["../../shared:/shared:ro", ["config-mount-outside"]],
    ["/srv/data:/data:ro", ["config-mount-outside"]],
    ["/srv/data:/data:rw", ["config-mount-writable"]],
    ["~/data:/data:ro", ["config-mount-outside"]],
    ["../.git:/git:ro", ["config-mount-git"]],
    ["/work/.git/hooks:/hooks:rw", ["config-mount-git", "config-mount-writable"]],
  ])("%s", ([volume, codes]) => {
    expect(check(volumes(volume)).map(({ code }) => code)).toEqual(codes);
  });

  test.for([
    ...[
      "/:/host:rw",
      "/var/run/docker.sock:/s",
      "//var/run/docker.sock:/s",
      "~:/home2:ro",
      "~/.ssh:/keys:ro",
    ],
    ...["/home/ada:/a", "/home/bob/.aws:/a:ro", "/proc/self/root:/r", "/etc/ssl:/ssl:ro", "../../..:/up"],
    ...["C:\\Users\\ada\\.ssh:/k", "./x/.SSH:/k:ro", "/run/user/1000/podman/podman.sock:/s", "/usr:/u:ro"],
    ...[
      "cache:/cache",
      "./data",
      "./data:data",
      "./data:/data:z",
      "./data:/workspace:ro",
      "./a:/tmp/../etc:ro",
    ],
  ])("nobody gets %s: a warning in a folder, an error in one's own config", (volume) => {
    const text = volumes(volume.replaceAll("\\", "\\\\"));
    expect(found(text)).toEqual(["0:21 config-mount-refused"]);
    expect(found(text, own)).toEqual(["0:21 config-mount-refused!"]);
  });

  test.for<[string, string]>([
    ["./data:/data", "./data:/data:ro"],
    ["/srv/data:/data:rw", "/srv/data:/data:ro"],
  ])("%s is mended to %s", ([volume, better]) => {
    expect(fixed(volumes(volume))).toBe(volumes(better));
  });

  test("the current directory of what is under review", () => {
    const text = "sandbox:\n  mount_current_dir: true\n";
    expect(found(text)).toEqual([]);
    expect(found(text, { untrusted: true })).toEqual(["1:21 config-mount-under-review"]);
    expect(fixed(text, { untrusted: true })).toContain("mount_current_dir: false");
  });
});

const table: ReadonlyArray<{
  readonly name: string;
  readonly text: string;
  readonly found: readonly string[];
  readonly context?: Partial<CheckContext>;
  readonly fixed?: string;
}> = [
  {
    name: "a network",
    text: "sandbox:\n  network: bridge\n",
    found: ["1:11 config-network-open"],
    fixed: "sandbox:\n  network: none\n",
  },
  { name: "no network", text: "sandbox: { network: none }", found: [] },
  {
    name: "the host's network",
    text: "sandbox:\n  network: Host\n",
    found: ["1:11 config-wrong-value!"],
    fixed: "sandbox:\n  network: none\n",
  },
  { name: "no container", text: "sandbox: { enabled: false }", found: ["0:20 config-sandbox-weak"] },
  {
    name: "a key in clear text",
    text: `openai_api_key: sk-proj-${"k3Jx9QmT4vLwZ8bRnY2sD7fHcP5aGe1Uo6Wi"}\n`,
    found: ["0:16 config-secret-in-text"],
    fixed: `openai_api_key: "\${OPENAI_API_KEY}"\n`,
  },
  {
    name: "a short key at a place of keys",
    text: "anthropic: { api_key: hunter2hunter2 }",
    found: ["0:22 config-secret-in-text"],
    fixed: `anthropic: { api_key: "\${ANTHROPIC_API_KEY}" }`,
  },
  { name: "a variable in its place", text: `openai_api_key: "\${OPENAI_API_KEY}"`, found: [] },
  {
    name: "a key in a header",
    text: `providers: { p: { kind: openai, headers: { X-Api-Key: ${"q7Zx81mNbV".repeat(3)} } } }`,
    found: ["0:54 config-secret-in-text"],
  },
  {
    name: "a secret by its variable inside the sandbox",
    text: `sandbox:\n  env:\n    CONN: "\${GITHUB_TOKEN}"\n`,
    found: ["2:10 config-secret-in-sandbox"],
  },
  {
    name: "a secret inside the sandbox under a harmless name",
    text: `sandbox: { env: { CONN: ghp_${"k3Jx9QmT4vLwZ8bRnY2sD7fHcP5aGe1Uo6Wi"} } }`,
    found: ["0:24 config-secret-in-sandbox"],
  },
  {
    name: "a secret's name inside the sandbox",
    text: "sandbox:\n  env:\n    GITHUB_TOKEN: x\n    STAGE: test\n",
    found: ["2:4 config-wrong-value!"],
    fixed: "sandbox:\n  env:\n    STAGE: test\n",
  },
  {
    name: "a secret for an MCP server",
    text: `mcp_servers: { a: { command: ./a, env: { T: "\${FILES_TOKEN}" } } }`,
    found: ["0:44 config-secret-in-sandbox"],
  },
  {
    name: "a secret for an MCP server that is held on the host",
    text: `mcp_servers: { a: { command: ./a, env: { T: "\${FILES_TOKEN}" }, placement: host, tools: [read] } }`,
    found: [],
  },
  {
    name: "an MCP server on the host that does not say what may be called",
    text: "mcp_servers: { a: { command: ./a, placement: host }, b: { url: 'https://example.com/mcp' } }",
    found: ["0:15 config-wrong-value!", "0:53 config-wrong-value!"],
  },
  {
    name: "an MCP server that is a program and an address",
    text: "mcp_servers:\n  a: { command: ./a, url: 'https://example.com/mcp' }\n  b: { url: 'https://example.com/mcp', tools: ['*'], args: [x] }\n  c: { command: ./c, headers: { A: b } }\n",
    found: ["1:26 config-wrong-value!", "2:59 config-wrong-value!", "3:30 config-wrong-value!"],
  },
  {
    name: "a key for an MCP server, in clear text and over a plain address",
    text: `mcp_servers: { a: { url: "http://example.com/mcp", tools: ["*"], headers: { Authorization: "Bearer k3Jx9QmT4vLwZ8bRnY2sD7" } } }`,
    found: ["0:25 config-address-plain", "0:91 config-secret-in-text"],
  },
  {
    name: "a variable that steers the start",
    text: "sandbox: { env: { LD_PRELOAD: /x.so } }",
    found: ["0:18 config-wrong-value!"],
  },
  {
    name: "limits that are none",
    text: "sandbox:\n  limits: { memory: 999g, cpus: 500 }\n",
    found: ["1:20 config-limit-absurd", "1:32 config-limit-absurd"],
  },
  {
    name: "spending without bounds",
    text: "limits: { cost: 5000, tokens: 1000000, turns: 500000 }\n",
    found: ["0:16 config-limit-absurd", "0:46 config-limit-absurd"],
    context: own,
  },
  {
    name: "limits that are left out",
    text: "sandbox: { limits: { cpus: 1 } }",
    found: ["0:11 config-limit-missing"],
  },
  {
    name: "a size with two letters",
    text: "sandbox:\n  limits:\n    memory: 2gb\n    cpus: 1\n",
    found: ["2:12 config-wrong-value!"],
    fixed: "sandbox:\n  limits:\n    memory: 2g\n    cpus: 1\n",
  },
  {
    name: "a size without a unit",
    text: "sandbox: { limits: { cpus: 1, memory: 512 } }",
    found: ["0:38 config-wrong-value!"],
    fixed: "sandbox: { limits: { cpus: 1, memory: 512m } }",
  },
  {
    name: "timeouts",
    text: "sandbox: { timeout: 7200 }\nmcp_servers:\n  a: { command: ./a, read_timeout: 3601, timeout: 0.2 }\n",
    found: ["0:20 config-timeout-long", "2:35 config-timeout-long", "2:50 config-limit-absurd"],
  },
  {
    name: "a timeout with its unit",
    text: "sandbox: { timeout: 10m }",
    found: ["0:20 config-wrong-value!"],
    fixed: "sandbox: { timeout: 600 }",
  },
  {
    name: "a number that is written as text",
    text: 'sandbox: { timeout: "60" }',
    found: ["0:20 config-wrong-value!"],
    fixed: "sandbox: { timeout: 60 }",
  },
  {
    name: "a text that is written as a number",
    text: "default_model: 4",
    found: ["0:15 config-wrong-value!"],
    fixed: 'default_model: "4"',
  },
  {
    name: "true by an older word",
    text: "sandbox: { enabled: yes }",
    found: ["0:20 config-wrong-value!"],
    fixed: "sandbox: { enabled: true }",
  },
  {
    name: "a list of one without its brackets",
    text: "tool_paths: ./tools",
    found: ["0:12 config-wrong-value!"],
    fixed: 'tool_paths: ["./tools"]',
  },
  {
    name: "a misspelt value",
    text: "providers: { p: { kind: antropic } }",
    found: ["0:24 config-wrong-value!"],
    fixed: "providers: { p: { kind: anthropic } }",
  },
  {
    name: "a misspelt key",
    text: "sandbox:\n  netwrok: none\n",
    found: ["1:2 config-unknown-key!"],
    fixed: "sandbox:\n  network: none\n",
  },
  {
    name: "a letter of another script",
    text: "sandbox:\n  vоlumes: []\n",
    found: ["1:2 config-unknown-key!"],
    fixed: "sandbox:\n  volumes: []\n",
  },
  {
    name: "a key without effect",
    text: "sandbox:\n  dev_mode: true\n  timeout: 5\n",
    found: ["1:2 config-key-without-effect"],
    fixed: "sandbox:\n  timeout: 5\n",
  },
  {
    name: "keys below one without effect are told once",
    text: "notifications:\n  enabled: true\n  channels: { slack: { token: x } }\n",
    found: ["0:0 config-key-without-effect"],
  },
  {
    name: "a key of one's own config",
    text: "sandbox: { image: mine:1 }",
    found: ["0:11 config-key-left-out"],
  },
  { name: "the same in one's own", text: "sandbox: { image: mine:1 }", found: [], context: own },
  {
    name: "an address without encryption",
    text: "providers: { p: { kind: openai, base_url: http://models.test/v1 } }",
    found: ["0:42 config-address-plain"],
  },
  {
    name: "a tool's address without encryption, and a key among its headers",
    text: "host_tools:\n  tools:\n    t:\n      request:\n        url: http://tickets.test/x\n        headers: { Authorization: a8Kq2LmZ91xWc7Yd }\n",
    found: ["4:13 config-address-plain", "5:34 config-secret-in-text"],
    context: own,
  },
  {
    name: "a module that is not there",
    text: "host_tools: { tools: { t: { module: ./none.mjs } } }",
    found: ["0:36 config-path-missing"],
    context: { ...own, exists: () => false },
  },
  {
    name: "an address on this machine",
    text: "providers: { p: { kind: openai, base_url: http://localhost:8000/v1 } }",
    found: [],
  },
  {
    name: "an invisible character",
    text: "default_model: gpt\u200b-4o",
    found: ["0:18 hidden-character"],
    fixed: "default_model: gpt-4o",
  },
  {
    name: "a program whose name has a Cyrillic letter",
    text: "mcp_servers:\n  files: { command: n\u043ede, args: [server.js] }",
    found: ["1:20 confusable-name"],
    fixed: "mcp_servers:\n  files: { command: node, args: [server.js] }",
  },
  {
    name: "an address whose name has a Cyrillic letter",
    text: "providers: { p: { kind: openai, base_url: https://\u0430pi.openai.com/v1 } }",
    found: ["0:42 confusable-name"],
  },
  {
    name: "prose of a person in another script",
    text: "inputs:\n  topic: COVID-\u043f\u043e\u0434\u043e\u0431\u043d\u044b\u0439",
    found: [],
  },
  {
    name: "forms of variables that are none",
    text: `default_model: "\${A:-b}"\ndefault_provider: $PROVIDER\n`,
    found: ["0:15 config-variable-form", "1:18 config-variable-form"],
  },
  {
    name: "a variable that is not set",
    text: `sandbox:\n  env:\n    STAGE: "\${NOWHERE}"\n`,
    found: ["2:4 config-variable-unset!"],
    context: { variable: () => undefined },
  },
  {
    name: "a provider with a slip",
    text: "default_provider: opneai",
    found: ["0:18 config-name-unknown"],
    fixed: "default_provider: openai",
  },
  {
    name: "a provider that may be anywhere",
    text: "default_provider: somewhere",
    found: [],
  },
  {
    name: "a provider that is nowhere",
    text: "default_provider: somewhere",
    found: ["0:18 config-name-unknown"],
    context: { others: [] },
  },
  {
    name: "a host tool that is not declared",
    text: "host_tools: { allow: [host.ping, git.status] }",
    found: ["0:33 config-name-unknown"],
    context: own,
  },
  {
    name: "a host tool of another layer",
    text: "host_tools: { allow: [git.statsu] }",
    found: ["0:22 config-name-unknown"],
    context: { others: [{ host_tools: { tools: { "git.status": { command: ["git"] } } } }] },
    fixed: "host_tools: { allow: [git.status] }",
  },
  {
    name: "plugins that are none",
    text: "default_toolsets: [plugin]",
    found: ["0:19 config-name-unknown"],
    context: { others: [] },
  },
  {
    name: "defaults that no call could give",
    text: "host_tools:\n  tools:\n    t:\n      command: [a]\n      input:\n        n: { type: integer, default: 1.5 }\n        m: { type: string, enum: [a], default: b }\n        r: { type: string, required: true, default: a }\n        o: { type: array, default: [] }\n",
    found: ["5:37 config-default-wrong", "6:47 config-default-wrong", "7:52 config-default-wrong"],
    context: own,
  },
  {
    name: "paths that lead nowhere",
    text: "tool_paths: [./tools, ./none]\nsandbox: { volumes: ['./gone:/data:ro'] }\n",
    found: ["0:22 config-path-missing", "1:21 config-path-missing"],
    context: { exists: (path) => !/none|gone/.test(path) },
  },
  {
    name: "a sidecar without its procedure",
    text: "default_model: x",
    found: ["0:0 config-sidecar-alone"],
    context: { exists: (path) => path !== "a.tac" },
  },
  {
    name: "a sidecar by its URI",
    text: "default_model: x",
    found: [],
    context: { file: "file:///w/my%20flow.tac.yml", exists: (path) => path === "my flow.tac" },
  },
  {
    name: "a sidecar with an ending that is not looked for",
    text: "default_model: x",
    found: ["0:0 config-sidecar-alone"],
    context: { file: "a.tac.yaml" },
  },
  {
    name: "a config needs no procedure",
    text: "default_model: x",
    found: [],
    context: { file: ".tactus/config.yml", exists: () => false },
  },
];

describe("what the keys mean", () => {
  test.for(table)("$name", ({ text, found: expected, context, fixed: mended }) => {
    expect(found(text, context)).toEqual(expected);
    if (mended === undefined) return;
    expect(fixed(text, context)).toBe(mended);
  });
});

describe("commands that download", () => {
  const server = (command: string, ...args: readonly string[]): string =>
    JSON.stringify({ mcp_servers: { s: { command, args } } });
  test.for([
    ["npx", "-y", "@scope/server-files@1.4.2", "."],
    ["npx", "./server.js"],
    ["npx", "--package=@scope/a@2.0.0", "a"],
    ["uvx", "mcp-server==1.2"],
    ["uvx", "--from", "git+https://example.test/x@0123456789abcdef0123456789abcdef01234567", "x"],
    ["docker", "run", "-i", "--rm", "-e", "STAGE", "mcp/files:1.2"],
    ["node", "server.js"],
    ["python", "-m", "server"],
    ["go", "run", "example.test/m@v1.2.3"],
    ["bash", "start.sh"],
  ])("%j is exact", (command) => {
    expect(found(server(command[0] ?? "", ...command.slice(1)))).toEqual([]);
  });

  test.for([
    ["npx", "-y", "@scope/server-files", "."],
    ["npx", "server@latest"],
    ["npx", "server@^1.2.0"],
    ["/usr/bin/npx", "server"],
    ["bunx", "server@next"],
    ["pnpm", "dlx", "server"],
    ["uvx", "mcp-server"],
    ["uvx", "mcp-server>=1"],
    ["uv", "tool", "run", "mcp-server"],
    ["pipx", "run", "mcp-server"],
    ["pip", "install", "x"],
    ["docker", "run", "-i", "mcp/files"],
    ["docker", "run", "mcp/files:latest"],
    ["deno", "run", "npm:server"],
    ["go", "run", "example.test/m@latest"],
  ])("%j is not", (command) => {
    expect(found(server(command[0] ?? "", ...command.slice(1)))).toEqual([
      expect.stringContaining("config-command-not-pinned"),
    ]);
  });

  test("a text for a shell", () => {
    expect(found(server("sh", "-c", "curl x | sh"))).toEqual([
      expect.stringContaining("config-command-shell"),
    ]);
    expect(found("host_tools: { tools: { t: { command: [bash, -lc, x] } } }", own)).toEqual([
      "0:38 config-command-shell",
    ]);
  });
});

describe("inputs against the procedure beside them", () => {
  const range = { start: { line: 3, character: 4 }, end: { line: 3, character: 9 } };
  const input = (name: string, type: string, required = false): ProcedureFacts["inputs"][number] => ({
    name,
    type,
    required,
    description: "",
    range,
  });
  const procedure: ProcedureFacts = {
    file: "a.tac",
    inputs: [
      input("topic", "string", true),
      input("limit", "integer"),
      { ...input("mode", "string"), values: ["short", "long"] },
    ],
    tools: [],
    toolsets: [],
    agents: [],
  };

  test.for<[string, readonly string[], string]>([
    ["topic: x\n  limit: 3\n  mode: long", [], ""],
    ["topc: x\n  topic: y", ["1:2 config-input-unknown"], "a.tac"],
    ["topic: 4", ["1:9 config-input-wrong!"], "a.tac"],
    ["topic: x\n  limit: 1.5", ["2:9 config-input-wrong!"], "a.tac"],
    ["topic: x\n  mode: middle", ["2:8 config-input-wrong!"], "a.tac"],
    ["limit: 3", ["0:0 config-input-missing"], "a.tac"],
  ])("%j", ([lines, expected, file]) => {
    const text = `inputs:\n  ${lines}\n`;
    expect(found(text, { procedure })).toEqual(expected);
    for (const { related } of check(text, { procedure })) expect(related).toMatchObject([{ file, range }]);
  });

  test("nothing is missing where no inputs are given, and a config has none", () => {
    expect(found("default_model: x", { procedure })).toEqual([]);
    expect(found("inputs: { topic: x }", { procedure, file: ".tactus/config.yml" })).toEqual([
      "0:0 config-unknown-key!",
    ]);
  });

  test("toolsets of the procedure are known", () => {
    const context = { others: [], procedure: { ...procedure, toolsets: ["research"] } };
    expect(found("default_toolsets: [research]", context)).toEqual([]);
    expect(found("default_toolsets: [reserch]", context)).toEqual(["0:19 config-name-unknown"]);
  });
});

describe("texts that are broken", () => {
  test("a broken entry does not silence the others", () => {
    const text = "sandbox:\n  netwrok: none\nmcp_servers: {\nhost_tools:\n  alow: [a]\n";
    expect(found(text)).toEqual([
      "1:2 config-unknown-key!",
      expect.stringContaining("config-unreadable!"),
      "4:2 config-unknown-key!",
    ]);
  });

  test.for<[string, string, string]>([
    ["a tab", "sandbox:\n\tnetwork: none\n", "sandbox:\n  network: none\n"],
    ["a key twice", "default_model: a\ndefault_model: b\n", "default_model: a\n"],
    ["a word that is no key yet", "default_model: a\nsandbox\n", "default_model: a\nsandbox:\n"],
  ])("%s can be mended", ([, text, mended]) => {
    expect(check(text)[0]).toMatchObject({ code: "config-unreadable", severity: "error" });
    expect(fixed(text)).toBe(mended);
  });

  test("both places of a key that stands twice are shown", () => {
    expect(check("default_model: a\ndefault_model: b\n")).toMatchObject([
      { range: { start: { line: 1 } }, related: [{ range: { start: { line: 0 } } }] },
    ]);
  });
});

test("the runner's reader finds exactly the errors that the text alone makes", () => {
  for (const { text, context } of table) {
    const file = context?.file ?? sidecar.file;
    const errors = check(text, { file }).filter(({ severity }) => severity === "error");
    const refused = readConfig(text, file).problems.filter(({ severity }) => severity === "error");
    expect(errors).toEqual(refused);
  }
});
