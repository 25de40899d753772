import { describe, expect, test } from "vitest";
import type { CompletionItem } from "vscode-languageserver";
import { parseYamlDocument } from "#language/sidecar/yaml-document.ts";
import { yamlCompletion } from "./completion.ts";
import { sampleProcedure, yamlDesk } from "./testing/yaml-desk.ts";
import type { YamlContext } from "./yaml-context.ts";

async function complete(
  files: Parameters<typeof yamlDesk>[0],
  more: Partial<YamlContext> = {},
): Promise<CompletionItem[]> {
  const { document, position, context } = yamlDesk(files, more);
  const items = await yamlCompletion(document, position, context);
  return items.sort((left, right) => ((left.sortText ?? "") < (right.sortText ?? "") ? -1 : 1));
}

async function labels(
  files: Parameters<typeof yamlDesk>[0],
  more: Partial<YamlContext> = {},
): Promise<string[]> {
  return (await complete(files, more)).map(({ label }) => label);
}

/** The document after the item of a label was taken, placeholders as they are. */
async function taken(text: string, label: string, more: Partial<YamlContext> = {}): Promise<string> {
  const item = (await complete(text, more)).find((each) => each.label === label);
  const edit = item?.textEdit;
  if (!edit || !("range" in edit)) throw new Error(`${label} is not offered.`);
  const plain = text.replace("‸", "");
  const { lines } = parseYamlDocument(plain);
  return (
    plain.slice(0, lines.offsetAt(edit.range.start)) +
    edit.newText +
    plain.slice(lines.offsetAt(edit.range.end))
  );
}

describe("keys", () => {
  test("only those that are legal here and still missing", async () => {
    const offered = await labels("sandbox:\n  timeout: 5\n  ‸\n");
    expect(offered).toContain("network");
    expect(offered).not.toContain("timeout");
    expect(offered).not.toContain("default_model");
    expect(offered).not.toContain("dev_mode");
  });

  test("those that must stand come first", async () => {
    expect((await labels("providers:\n  p:\n    ‸"))[0]).toBe("kind");
    expect((await labels("host_tools: { tools: { t: { ‸ } } }"))[0]).toBe("command");
  });

  test("with type, default and what they do", async () => {
    const item = (await complete("sandbox:\n  ‸")).find(({ label }) => label === "network");
    expect(item).toMatchObject({
      labelDetails: { description: "text = none" },
      documentation: { value: expect.stringMatching(/^None, or a container network\. .+reaches nothing/) },
    });
  });

  test.for<[string, string, string]>([
    ["san‸", "sandbox", "sandbox:\n  $0"],
    ["sandbox:\n  lim‸", "limits", "sandbox:\n  limits:\n  $0"],
    ["sandbox:\n  vol‸", "volumes", "sandbox:\n  volumes:\n  - $0"],
    [`sandbox:\n  ena‸`, "enabled", `sandbox:\n  enabled: \${1|true,false|}`],
    ["sandbox:\n  ne‸t: none", "network", "sandbox:\n  network: none"],
    ["sandbox: { lim‸ }", "limits", "sandbox: { limits: { $0 } }"],
    ["sandbox: { ti‸ }", "timeout", `sandbox: { timeout: \${1:3600} }`],
  ])("%j takes %s", async ([text, label, after]) => {
    expect(await taken(text, label)).toBe(after);
  });

  test("without placeholders for clients that have none", async () => {
    expect(await taken("sandbox:\n  ena‸", "enabled", { hasSnippets: false })).toBe("sandbox:\n  enabled: ");
  });

  test("inputs are those of the procedure, required ones first, with its words", async () => {
    const items = await complete("inputs:\n  tone: dry\n  ‸", { procedure: sampleProcedure });
    expect(items.map(({ label }) => label)).toEqual(["topic", "draft"]);
    expect(items[0]).toMatchObject({
      labelDetails: { description: "string, required" },
      documentation: { value: "What to write about\\." },
    });
  });

  test("a config has no inputs", async () => {
    expect(await labels({ ".tactus/config.yml": "‸" })).not.toContain("inputs");
    expect(await labels("‸")).toContain("inputs");
  });

  test("servers that the procedure needs, tools that are allowed", async () => {
    expect(await labels("mcp_servers:\n  ‸", { procedure: sampleProcedure })).toEqual(["files"]);
    expect(await labels("host_tools:\n  allow: [git.log]\n  tools:\n    ‸")).toEqual(["git.log"]);
  });
});

describe("values", () => {
  const own = {
    "~/.tactus/config.yml":
      "mcp_servers: { files: { command: ./f } }\nproviders: { local: { kind: openai, prices: { tiny: { input: 1, output: 1 } } } }\nhost_tools: { tools: { git.status: { command: [git, status], description: Changed files } } }\n",
  };

  test.for<[string, readonly string[]]>([
    ["sandbox: { enabled: ‸ }", ["true", "false"]],
    ["sandbox:\n  network: ‸", ["none"]],
    ["sandbox:\n  limits:\n    memory: ‸", ["2g", "512m", "1g", "4g"]],
    ["providers:\n  p:\n    kind: ‸", ["openai", "openai-compatible", "anthropic", "google", "bedrock"]],
    ["host_tools: { allow: [host.ping, ‸] }", ["host.echo", "git.status", "git.log"]],
    ["default_toolsets:\n- files\n- ‸", ["plugin", "research", "search"]],
    ["default_model: ‸", ["gpt-x", "tiny", "gpt-4o-mini", "claude-sonnet-4-5"]],
    ["inputs: { tone: ‸ }", ["dry", "warm"]],
    ["inputs: { draft: ‸ }", ["true", "false"]],
    ["inputs: { topic: ‸ }", []],
  ])("%j", async ([text, expected]) => {
    const files = { ...own, "flows/a.tac.yml": text };
    expect(await labels(files, { procedure: sampleProcedure, models: ["gpt-x"] })).toEqual(expected);
  });

  test("providers, with the layers' own", async () => {
    const offered = await labels({ ...own, "a.tac.yml": "default_provider: ‸" });
    expect(offered).toContain("local");
    expect(offered).toContain("anthropic");
  });

  test("a host tool shows what it runs", async () => {
    const items = await complete({ ...own, "a.tac.yml": "host_tools: { allow: [‸] }" });
    expect(items.find(({ label }) => label === "git.status")).toMatchObject({
      documentation: { value: "Changed files `git status`" },
    });
  });

  test.for<[string, string, string]>([
    ["sandbox: { network: x‸ }", "none", "sandbox: { network: none }"],
    ['sandbox: { network: "x‸" }', "none", 'sandbox: { network: "none" }'],
    ["default_toolsets: ‸", "plugin", "default_toolsets: [plugin]"],
    ["sandbox: { limits: { memory: ‸ } }", "2g", "sandbox: { limits: { memory: 2g } }"],
    ["sandbox: { limits: { cpus: ‸ } }", "2", "sandbox: { limits: { cpus: 2 } }"],
  ])("%j takes %s", async ([text, label, after]) => {
    expect(await taken(text, label)).toBe(after);
  });
});

describe("paths", () => {
  const folders: Readonly<Record<string, readonly string[]>> = {
    "file:///work/flows/": ["tools/", "one.py", ".env", "a b/"],
    "file:///work/flows/tools/": ["deep.py"],
    "file:///work/": ["data/", "flows/", "read.me"],
  };
  const listFolder = async (uri: string): Promise<readonly string[]> => folders[uri] ?? [];

  test.for<[string, readonly string[]]>([
    ["tool_paths: [‸]", ["tools/", "a b/", "one.py"]],
    ["tool_paths:\n  - ./tools/‸", ["deep.py"]],
    ["tool_paths:\n  - ../‸", ["data/", "flows/", "read.me"]],
    ["tool_paths:\n  - /etc/‸", []],
    ["sandbox: { volumes: [../‸] }", ["data/", "flows/"]],
  ])("%j", async ([text, expected]) => {
    expect(await labels(text, { listFolder })).toEqual(expected);
  });

  test.for<[string, string, string]>([
    ["sandbox:\n  volumes:\n    - ../da‸", "data/", "sandbox:\n  volumes:\n    - ../data:/data:ro"],
    ["sandbox: { volumes: ['../da‸:/x'] }", "data/", "sandbox: { volumes: ['../data:/x'] }"],
    ["tool_paths:\n  - ‸", "tools/", "tool_paths:\n  - ./tools/"],
    ["tool_paths:\n  - ‸", "a b/", 'tool_paths:\n  - "./a b/"'],
  ])("%j takes %s", async ([text, label, after]) => {
    expect(await taken(text, label, { listFolder })).toBe(after);
  });

  test("a config's paths start at the folder that holds .tactus", async () => {
    expect(await labels({ ".tactus/config.yml": "tool_paths: [‸]" }, { listFolder })).toContain("data/");
  });
});

describe("half-typed and broken documents", () => {
  test.for<[string, string]>([
    ["sandbox:\n  netw‸\nhost_tools:\n  allow: [a\n", "network"],
    ["mcp_servers: {\nsandbox:\n  ‸", "timeout"],
    ['default_model: "x\nsandbox:\n  limits:\n    me‸', "memory"],
    ["sandbox: { timeout: 5, ‸", "network"],
    ["}}}\nsandbox:\n  ‸", "network"],
  ])("%j offers %s", async ([text, label]) => {
    expect(await labels(text)).toContain(label);
  });
});
