import { describe, expect, test } from "vitest";
import { readConfig } from "#language/sidecar/read-config.ts";

/** Problems as `line:character code message`, lines and characters from 0. */
function problemsOf(text: string): string[] {
  return readConfig(text, "a.tac.yml").problems.map(
    ({ range, code, message }) => `${range.start.line}:${range.start.character} ${code} ${message}`,
  );
}

const wrong: ReadonlyArray<{ name: string; text: string; problem: string }> = [
  {
    name: "unknown key, with the word it means",
    text: "sandbox:\n  netwrok: none",
    problem: '1:2 config-unknown-key Unknown key "sandbox.netwrok". Did you mean "network"?',
  },
  {
    name: "unknown key that resembles nothing",
    text: "sandbox:\n  limits:\n    pids: 5",
    problem: '2:4 config-unknown-key Unknown key "sandbox.limits.pids". Known here: memory, cpus.',
  },
  {
    name: "text where a number must be",
    text: "sandbox:\n  timeout: abc",
    problem:
      '1:11 config-wrong-value "sandbox.timeout" must be a number of seconds above 0, not the text "abc".',
  },
  {
    name: "scalar where a list must be",
    text: "sandbox: { volumes: x }",
    problem: '0:20 config-wrong-value "sandbox.volumes" must be a list of texts, not the text "x".',
  },
  {
    name: "scalar where a mapping must be",
    text: "sandbox: true",
    problem: '0:9 config-wrong-value "sandbox" must be a mapping, not true.',
  },
  {
    name: "a required key is missing",
    text: "mcp_servers:\n  files: { args: [a] }",
    problem: '1:2 config-wrong-value "mcp_servers.files.command" is missing: it must be text.',
  },
  {
    name: "a size without sense",
    text: "sandbox: { limits: { memory: lots } }",
    problem:
      '0:29 config-wrong-value "sandbox.limits.memory" must be a size like 512m or 2g (at least 128m), not the text "lots".',
  },
  {
    name: "the host's own network",
    text: "sandbox: { network: host }",
    problem:
      '0:20 config-wrong-value "sandbox.network" must be `none` or the name of a container network (never the host\'s own network), not the text "host".',
  },
  {
    name: "a secret for the sandbox",
    text: "sandbox: { env: { OPENAI_API_KEY: x } }",
    problem:
      '0:18 config-wrong-value "sandbox.env.OPENAI_API_KEY" must be the name of a variable that is no secret (keys stay outside the sandbox: use a host tool).',
  },
  {
    name: "a list at the top",
    text: "- a",
    problem: "0:0 config-wrong-value The file must be a mapping of settings, not a list.",
  },
  {
    name: "a duplicate key",
    text: "default_model: a\ndefault_model: b",
    problem: "1:0 config-unreadable The same key stands twice in one mapping.",
  },
  {
    name: "a tag",
    text: "default_model: !js x",
    problem: "0:15 config-unreadable Tags (`!name`) are not allowed.",
  },
  {
    name: "two documents",
    text: "---\ndefault_model: a\n---\ndefault_model: b",
    problem: "2:0 config-unreadable A config holds one document (`---` starts another).",
  },
  {
    name: "a merge key is no merge",
    text: "sandbox: &s { network: none }\n<<: *s",
    problem: '1:0 config-unknown-key Unknown key "<<". Mappings are not merged here: write its keys out.',
  },
  {
    name: "a key without effect",
    text: "sandbox:\n  dev_mode: true",
    problem:
      '1:2 config-key-without-effect "sandbox.dev_mode" has no effect: the image always holds the installed version.',
  },
];

test.for(wrong)("$name", ({ text, problem }) => {
  const problems = problemsOf(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(problem);
});

describe("hostile text is an error, never a throw or a hang", () => {
  const hostile: Readonly<Record<string, string>> = {
    "nested too deeply": "[".repeat(30_000),
    "an alias bomb": `a: &a [x, x]\n${[..."bcdefgh"].map((name, index) => `${name}: &${name} [${`*${"abcdefg"[index]}, `.repeat(9)}]`).join("\n")}`,
    "too large": `default_model: ${"x".repeat(1_100_000)}`,
    "a broken escape": 'default_model: "\\q"',
    "a tab": "sandbox:\n\tnetwork: none",
  };
  test.for(Object.entries(hostile))("%s", ([, text]) => {
    const { config, problems } = readConfig(text, "a.tac.yml");
    expect(config).toBeUndefined();
    expect(problems[0]?.code).toBe("config-unreadable");
  });

  test("__proto__ is an unknown key", () => {
    expect(problemsOf("__proto__: { a: 1 }")[0]).toContain('Unknown key "__proto__"');
  });
});

test("an empty file and the documented example are fine", () => {
  const documented = `sandbox:
  enabled: true
  timeout: 3600
  network: "none"
  limits:
    memory: "2g"
    cpus: "2"
`;
  expect(readConfig("", "c.yml")).toMatchObject({ config: {}, problems: [] });
  expect(readConfig(documented, "c.yml")).toMatchObject({
    config: {
      sandbox: { enabled: true, timeout: 3600, network: "none", limits: { memory: "2g", cpus: "2" } },
    },
    problems: [],
  });
});
