import { describe, expect, test } from "vitest";
import { yamlHover } from "./hover.ts";
import { sampleProcedure, yamlDesk } from "./testing/yaml-desk.ts";
import type { YamlContext } from "./yaml-context.ts";

function hover(files: Parameters<typeof yamlDesk>[0], more: Partial<YamlContext> = {}): string {
  const { document, position, context } = yamlDesk(files, more);
  const found = yamlHover(document, position, context);
  if (!found) return "";
  if (typeof found.contents !== "object" || !("value" in found.contents)) throw new Error("No markup.");
  return found.contents.value;
}

describe("what a key does", () => {
  test("in plain words, with type and default", () => {
    const text = hover("sandbox:\n  netw‸ork: none\n");
    expect(text).toContain("**`sandbox.network`** · text · default `none`");
    expect(text).toContain("With `none` a run reaches nothing but the models and tools that it is given.");
  });

  test("on its value as well, and in lists", () => {
    expect(hover("sandbox:\n  network: no‸ne\n")).toContain("`sandbox.network`");
    expect(hover("sandbox:\n  volumes: ['./a:/b:‸ro']\n")).toContain("Read-only unless");
  });

  test("under a name that a person chose", () => {
    expect(hover("mcp_servers:\n  files:\n    com‸mand: npx\n")).toContain(
      "**`mcp_servers.files.command`** · text",
    );
  });

  test.for<[string, string]>([
    ["sandbox:\n  dev_‸mode: true", "Without effect: the image always holds the installed version."],
    ["sandbox:\n  ima‸ge: x", "Only your own config may set this"],
    ["tool_‸paths: []", "it takes a grant"],
    ["providers: { p: { ki‸nd: openai } }", "one of `openai`, `openai-compatible`"],
  ])("%j", ([text, said]) => {
    expect(hover(text)).toContain(said);
  });

  test("nothing where nothing is known", () => {
    expect(hover("nothing‸: 1")).toBe("");
    expect(hover("# com‸ment")).toBe("");
    expect(hover({ ".tactus/config.yml": "inp‸uts: {}" })).toBe("");
  });

  test("in a broken document", () => {
    expect(hover("mcp_servers: {\nsandbox:\n  time‸out: 5\n")).toContain("`sandbox.timeout`");
    expect(hover("sandbox:\n  netw‸ork\n  timeout: 5\n")).toContain("`sandbox.network`");
    expect(hover("x: [}\nsandbox: { time‸out: 5\n")).toContain("`sandbox.timeout`");
  });
});

describe("which file wins", () => {
  const files = {
    "~/.tactus/config.yml": "sandbox:\n  timeout: 900\ntool_paths: [./mine]\n",
    ".tactus/config.yml": "sandbox:\n  timeout: 600\n  network: bridge\ntool_paths: [./t]\n",
  };

  test("this line does", () => {
    const text = hover({ ...files, "flows/a.tac.yml": "sandbox:\n  time‸out: 60\n" });
    expect(text).toContain("In the end: `60`, from this line.");
    expect(text).toContain("It wins over `900` of `~/.tactus/config.yml:2`.");
    expect(text).toContain("It wins over `600` of `.tactus/config.yml:2`.");
  });

  test("another one does", () => {
    const layers = { "~/.tactus/config.yml": "default_model: a\n", "flows/a.tac.yml": "default_model: b\n" };
    const { context } = yamlDesk(layers);
    const first = context.layers?.[0];
    if (!first) throw new Error("There is no layer.");
    const found = yamlHover(
      first.document,
      { line: 0, character: 2 },
      { ...context, uri: first.uri, positions: first.positions, kind: "config" },
    );
    expect(JSON.stringify(found?.contents)).toContain("In the end: `b`, from `flows/a.tac.yml:1`.");
  });

  test("what is left out says why", () => {
    const text = hover({ "flows/a.tac.yml": "sandbox:\n  netw‸ork: bridge\n" });
    expect(text).toContain("In the end: `none`, the default.");
    expect(text).toContain("`bridge` of this line is left out: it needs a grant.");
  });

  test("lists add up", () => {
    const text = hover({
      "~/.tactus/config.yml": "tool_paths: [./mine]\n",
      "a.tac.yml": "tool_pa‸ths: [./t]\n",
    });
    expect(text).toContain("`./mine`, from `~/.tactus/config.yml:1`");
    expect(text).toContain("`./t` of this line is left out");
  });

  test("with a broken layer nothing starts", () => {
    const text = hover({ ".tactus/config.yml": "sandbox: { x: 1 }\n", "a.tac.yml": "default_mo‸del: x\n" });
    expect(text).toContain('Nothing starts with these files: `Unknown key "sandbox.x"');
  });

  test("secrets are hidden", () => {
    const text = hover({ "~/.tactus/config.yml": "openai_api‸_key: hunter2hunter2\n" });
    expect(text).toContain("In the end: `(hidden)`");
    expect(text).not.toContain("hunter2");
  });
});

describe("inputs", () => {
  test("carry the procedure's own words", () => {
    const text = hover("inputs:\n  top‸ic: x\n", { procedure: sampleProcedure });
    expect(text).toContain("Input of `flows/a.tac`: `required string`. What to write about\\.");
    expect(hover("inputs:\n  to‸ne: dry\n", { procedure: sampleProcedure })).toContain(
      '`string, one of "dry", "warm", default "dry"`',
    );
  });

  test("what a procedure says is never markup", () => {
    const description = "[click](command:evil) <img src=x> `code`";
    const [input] = sampleProcedure.inputs;
    if (!input) throw new Error("There is no input.");
    const procedure = { ...sampleProcedure, inputs: [{ ...input, description }] };
    const text = hover("inputs:\n  top‸ic: x\n", { procedure });
    expect(text).toContain("\\[click\\]\\(command\\:evil\\) \\<img src\\=x\\> \\`code\\`");
  });
});
