import { describe, expect, test } from "vitest";
import { effectiveConfig } from "#language/sidecar/effective-config.ts";
import { effectiveConfigText } from "#language/sidecar/effective-config-text.ts";
import { type ConfigLayer, resolveLayers } from "#language/sidecar/layers.ts";
import { readConfig } from "#language/sidecar/read-config.ts";
import { parseYamlDocument } from "#language/sidecar/yaml-document.ts";
import type { EffectiveConfig } from "#protocol/editor/effective-config.ts";
import { openDesk } from "./studio.ts";

const own = (text: string): ConfigLayer => ({
  read: readConfig(text, "~/.tactus/config.yml"),
  trusted: true,
});
const folder = (file: string, text: string): ConfigLayer => ({
  read: readConfig(text, file),
  trusted: false,
});
const context = { isGranted: () => false, variable: () => "set" };

const layers = [
  own(
    "sandbox:\n  timeout: 1800\n  volumes: ['/srv/a:/a:ro']\nopenai_api_key: hunter2\nmcp_servers:\n  files: { command: ./files }\n",
  ),
  folder(
    ".tactus/config.yml",
    "default_model: gpt-4o\nsandbox:\n  timeout: 900\n  network: bridge\ntool_paths: [./t]\n",
  ),
  folder(
    "flows/a.tac.yml",
    "default_model: o3\nsandbox:\n  timeout: 60\n  volumes: ['./b:/b:ro']\ninputs: { topic: x }\n",
  ),
];

const config = effectiveConfig(layers, context);

function effective(of: EffectiveConfig, path: string): EffectiveConfig["values"][number] | undefined {
  return of.values.find((value) => value.path.join(".") === path);
}

describe("each value has its origin", () => {
  test("the strongest file wins, and what it replaces is told", () => {
    expect(effective(config, "sandbox.timeout")).toMatchObject({
      value: 60,
      origin: { file: "flows/a.tac.yml", line: 3 },
      overrides: [
        { file: "~/.tactus/config.yml", line: 2, value: 1800 },
        { file: ".tactus/config.yml", line: 3, value: 900 },
      ],
    });
    expect(effective(config, "default_model")).toMatchObject({
      value: "o3",
      overrides: [{ file: ".tactus/config.yml", value: "gpt-4o" }],
    });
  });

  test("what no file says has no origin", () => {
    expect(effective(config, "sandbox.network")).toMatchObject({ value: "none", origin: null });
    expect(effective(config, "sandbox.limits.memory")).toMatchObject({ value: "2g", origin: null });
  });

  test("what a folder was not given is told with its place", () => {
    expect(config.withheld).toMatchObject([
      { path: ["sandbox", "network"], value: "bridge", file: ".tactus/config.yml", line: 4, needs: "grant" },
      { path: ["tool_paths", 0], value: "./t", needs: "grant" },
      { path: ["sandbox", "volumes", 0], file: "flows/a.tac.yml", line: 4, needs: "grant" },
    ]);
  });

  test("lists grow, each item with its own origin", () => {
    const granted = effectiveConfig(layers, { ...context, isGranted: () => true });
    expect(effective(granted, "sandbox.volumes.0")).toMatchObject({
      origin: { file: "~/.tactus/config.yml" },
    });
    expect(effective(granted, "sandbox.volumes.1")).toMatchObject({
      origin: { file: "flows/a.tac.yml", line: 4 },
    });
  });

  test("secrets are hidden, variables are not replaced", () => {
    expect(effective(config, "openai_api_key")?.value).toBe("(hidden)");
    const variable = effectiveConfig([own(`openai_api_key: "\${MY_KEY}"`)], context);
    expect(effective(variable, "openai_api_key")?.value).toBe(`\${MY_KEY}`);
  });
});

test("it is what a run would start with", () => {
  const { config: resolved } = resolveLayers(layers, context);
  expect(effective(config, "sandbox.timeout")?.value).toBe(resolved.sandbox.timeSeconds);
  expect(effective(config, "sandbox.network")?.value).toBe(resolved.sandbox.network);
  expect(effective(config, "inputs.topic")?.value).toBe(resolved.inputs["topic"]);
  expect(effective(config, "mcp_servers.files.command")?.value).toBe(resolved.mcpServers["files"]?.command);
});

test("the text is YAML that reads back, with origins as comments", () => {
  const text = effectiveConfigText(config, "Effective configuration of flows/a.tac");
  expect(text).toContain("  timeout: 60  # from flows/a.tac.yml:3, over ~/.tactus/config.yml:2 (1800)");
  expect(text).toContain("  network: none  # default");
  expect(text).toContain('#   sandbox.network: "bridge" (.tactus/config.yml:4; needs a grant)');
  const document = parseYamlDocument(text);
  expect(document.problems).toEqual([]);
  for (const { path, value } of config.values) {
    const node = document.nodeAt(path);
    expect(node?.kind === "scalar" && node.value, path.join(".")).toEqual(value);
  }
});

test("a broken file is told, since nothing starts with it", () => {
  const broken = effectiveConfig([folder("a.tac.yml", "sandbox:\n  netwrok: none\n")], context);
  expect(broken.problems).toMatchObject([{ code: "config-unknown-key", file: "a.tac.yml", line: 2 }]);
});

describe("sandbox doctor", () => {
  const files = {
    ".tactus/config.yml": "sandbox: { timeout: 50, network: bridge }\n",
    "home/.tactus/config.yml": "default_model: gpt-4o\nanthropic_api_key: hunter2\n",
  };

  test("--json has the configuration of the folder, without secrets", async () => {
    using desk = openDesk(files);
    const { stdout } = await desk.studio(["sandbox", "doctor", "--json"]);
    expect(stdout).not.toContain("hunter2");
    const { config: shown } = JSON.parse(stdout) as { config: EffectiveConfig };
    expect(shown.files).toMatchObject([{ trusted: true }, { file: ".tactus/config.yml", trusted: false }]);
    expect(effective(shown, "sandbox.timeout")).toMatchObject({
      value: 50,
      origin: { file: ".tactus/config.yml", line: 1 },
    });
    expect(effective(shown, "default_model")?.value).toBe("gpt-4o");
    expect(shown.withheld).toMatchObject([{ path: ["sandbox", "network"], needs: "grant" }]);
  });

  test("for people the same stands below the isolations", async () => {
    using desk = openDesk(files);
    const { stdout } = await desk.studio(["sandbox", "doctor"]);
    expect(stdout).toContain("timeout: 50  # from .tactus/config.yml:1");
  });
});
