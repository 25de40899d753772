import { marked } from "marked";
import { expect, test } from "vitest";
import type { DocumentSymbol, Position, Range } from "vscode-languageserver";
import { MarkedWorkspace } from "#test/support/lsp/marked-workspace.ts";

/** Icon, links, an image, markup, a picture of trust, unseen characters, and no end. */
const hostile =
  "$(verified) [go](command:x) ![i](https://evil.example/i.png) <img src=x> <b>b</b> *a* `c` # h \u202e\u200b";

/** What stands in a text of Lua and of YAML. */
const quoted = `"${hostile.replaceAll('"', '\\"')}"`;
const lines = `${hostile}\n--- # ${hostile}\n--- - ${hostile}`;

const procedure = `--- ${lines}
--- @param query string ${hostile}
--- @return string ${hostile}
local function search(query, more)
    return query
end

find = Tool {
    description = ${quoted},
    input = {
        query = field.string{required = true, description = ${quoted}, enum = {${quoted}, "b"}},
        [${quoted}] = field.string{description = ${quoted}},
    },
    output = { [${quoted}] = field.string{} },
    function(args) return search(args.query, ${quoted}) end,
}

clerk = Agent {
    provider = "openai",
    model = ${quoted},
    system_prompt = "{input.topic} {state.count} " .. ${quoted},
    tools = { "find", ${quoted} },
}

Mocks { [${quoted}] = { returns = ${quoted} }, clerk = { message = ${quoted} } }

Procedure ${quoted} {
    input = { topic = field.string{default = ${quoted}, description = ${quoted}} },
    state = { count = field.number{default = 0, description = ${quoted}}, [${quoted}] = field.string{} },
    function(input)
        local kept = { [${quoted}] = 1, name = ${quoted} }
        state[${quoted}] = kept[${quoted}]
        local answer = clerk({ message = input.topic, tools = { find, ${quoted} } })
        search(${quoted}, 2)
        return { reply = answer.output, text = kept.name }
    end,
}

Specification([[
Feature: ${hostile}
  Scenario: ${hostile}
    Given ${hostile}
    When the procedure runs
    Then the output should contain "${hostile}"
]])
`;

const sidecar = `inputs:
  topic: ${JSON.stringify(hostile)}
  ${JSON.stringify(hostile)}: 1
sandbox:
  timeout: 5
mcp_servers:
  ${JSON.stringify(hostile)}:
    command: ${JSON.stringify(hostile)}
    env: { ${JSON.stringify(hostile)}: ${JSON.stringify(hostile)} }
${JSON.stringify(hostile)}: ${JSON.stringify(hostile)}
`;

const ours = new Set(["$(play) Run in Sandbox", "$(debug-alt) Debug", "$(beaker) Run Specification"]);
const drawn = new Set([
  ...["label", "title", "name", "detail", "description", "containerName", "tooltip", "message"],
  ...["documentation", "placeholder"],
]);
const unread = new Set(["data", "edit", "textEdit", "additionalTextEdits", "arguments", "uri", "target"]);

/** What a client would draw of an answer otherwise than as the text that it is. */
function harmIn(value: unknown, key = "", inside = ""): string[] {
  if (typeof value === "string") return drawn.has(key) ? harmInText(value, `${inside}.${key}`) : [];
  if (typeof value !== "object" || value === null || unread.has(key)) return [];
  if ("kind" in value && value.kind === "markdown" && "value" in value)
    return harmInMarkdown(String(value.value), `${inside}.${key}`);
  return Object.entries(value).flatMap(([name, each]) =>
    harmIn(each, Array.isArray(value) ? key : name, Array.isArray(value) ? inside : `${inside}.${key}`),
  );
}

function harmInText(text: string, where: string): string[] {
  if (ours.has(text)) return [];
  const unseen = /[\p{Cf}]|(?![\n\t])\p{Cc}/u.test(text);
  const icon = text.includes("$(") && !where.endsWith(".message");
  return unseen || icon || text.length > 5000 ? [`${where}: ${JSON.stringify(text).slice(0, 200)}`] : [];
}

/** Read by the program that VS Code itself uses. */
function harmInMarkdown(text: string, where: string): string[] {
  const html = marked.parse(text, { async: false });
  const tag = /<(a|img|b|h\d|iframe|script|table|input|hr)\b[^>]*>/.exec(html)?.[0];
  const unseen = /[\p{Cf}]/u.test(text);
  return tag !== undefined || unseen ? [`${where}: ${tag ?? "unseen"} in ${JSON.stringify(text)}`] : [];
}

function* placesIn(text: string): Generator<Position> {
  for (const [line, content] of text.split("\n").entries())
    for (let character = 0; character <= content.length; character += 3) yield { line, character };
}

function whole(text: string): Range {
  return { start: { line: 0, character: 0 }, end: { line: text.split("\n").length, character: 0 } };
}

const files = { "main.tac": procedure, "main.tac.yml": sidecar, "$(verified) [x](command:y).tac": procedure };

test.for(["main.tac", "main.tac.yml"])(
  "nothing that is said of %s is markup, icon or unseen",
  async (name) => {
    await using workspace = await MarkedWorkspace.open(files);
    const { client } = workspace;
    const text = workspace.text(name);
    if (name.endsWith(".yml")) await client.open(workspace.uri(name), text, "yaml");
    const textDocument = { uri: workspace.uri(name) };
    const found = new Set<string>();
    const seen = new Set<string>();
    const ask = async <Answer>(method: string, params: object): Promise<Answer> => {
      const answer = await client.request<Answer>(method, params);
      if (JSON.stringify(answer)?.includes("verified")) seen.add(method);
      for (const harm of harmIn(answer)) found.add(`${method} ${harm}`);
      return answer;
    };
    for (const position of placesIn(text)) {
      const at = { textDocument, position };
      await Promise.all([
        ask("textDocument/hover", at),
        ask("textDocument/signatureHelp", at),
        ask<{ items?: object[] } | object[] | null>("textDocument/completion", at).then(async (list) => {
          const items = Array.isArray(list) ? list : (list?.items ?? []);
          for (const item of items.slice(0, 3)) await ask("completionItem/resolve", item);
        }),
      ]);
    }
    for (const method of ["codeLens", "documentLink", "foldingRange"])
      for (const item of (await ask<object[] | null>(`textDocument/${method}`, { textDocument })) ?? [])
        if (method === "codeLens") await ask("codeLens/resolve", item);
    await ask("textDocument/inlayHint", { textDocument, range: whole(text) });
    await ask("textDocument/diagnostic", { textDocument });
    await ask("workspace/symbol", { query: "" });
    for (const { selectionRange } of await ask<DocumentSymbol[]>("textDocument/documentSymbol", {
      textDocument,
    })) {
      const at = { textDocument, position: selectionRange.start };
      for (const item of (await ask<object[] | null>("textDocument/prepareCallHierarchy", at)) ?? []) {
        await ask("callHierarchy/incomingCalls", { item });
        await ask("callHierarchy/outgoingCalls", { item });
      }
    }
    const { items } = await client.request<{ items: { range: Range }[] }>("textDocument/diagnostic", {
      textDocument,
    });
    for (const { range } of items)
      await ask("textDocument/codeAction", { textDocument, range, context: { diagnostics: [] } });
    expect([...found].slice(0, 20)).toEqual([]);
    // The texts did come back: silence would prove nothing.
    expect([...seen]).toEqual(expect.arrayContaining(["textDocument/hover", "textDocument/completion"]));
    expect([...seen]).toEqual(
      expect.arrayContaining(["textDocument/documentSymbol", "textDocument/diagnostic"]),
    );
  },
);
