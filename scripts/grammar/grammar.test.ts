import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";
import { grammarFile, grammarText } from "../generate-grammar.ts";

let grammar: IGrammar;

beforeAll(async () => {
  const engine = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(readFileSync(engine));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async () => textmate.parseRawGrammar(readFileSync(grammarFile, "utf8"), grammarFile),
  });
  const loaded = await registry.loadGrammar("source.tactus");
  if (!loaded) throw new Error("the grammar did not load");
  grammar = loaded;
});

/** Every token with its scopes, whole lines in, blanks left out. */
function tokens(source: string): Array<readonly [text: string, scopes: string]> {
  let state = textmate.INITIAL;
  return source.split("\n").flatMap((line) => {
    const { tokens: found, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return found
      .map(
        ({ startIndex, endIndex, scopes }) => [line.slice(startIndex, endIndex), scopes.join(" ")] as const,
      )
      .filter(([text]) => text.trim() !== "");
  });
}

function scopesOf(source: string, text: string): string {
  const found = tokens(source).find(([token]) => token.trim() === text);
  if (!found) throw new Error(`no token ${JSON.stringify(text)} in ${JSON.stringify(tokens(source))}`);
  return found[1];
}

test("the committed grammar is what the generator writes", () => {
  expect(readFileSync(grammarFile, "utf8")).toBe(grammarText());
});

describe("a token gets its scope", () => {
  test.for([
    ["clerk = Agent {", "clerk", "entity.name.type.declaration"],
    ["clerk = Agent {", "Agent", "support.class.declaration"],
    ["Procedure {", "Procedure", "support.class.declaration"],
    ['Model "fast" {', "Model", "support.class.declaration"],
    ["local Agent = 1", "Agent", "source.tactus"],
    ['default_model("gpt-4o")', "default_model", "support.function.setting"],
    ['default_provider = "openai"', "default_provider", "support.function.setting"],
    ["Step.checkpoint(function() end)", "checkpoint", "support.function.primitive"],
    ["Human.approve {}", "Human", "support.class.primitive"],
    ["Tool.called('x')", "called", "support.function.primitive"],
    ["Sleep(1)", "Sleep", "support.function.primitive"],
    ["state.order = 1", "state", "variable.language.state"],
    ["input = {a = field.string{}}", "string", "support.type.field"],
    ["input = {a = field.string{}}", "input", "variable.other.property"],
    ["filter = filters.last_n(3)", "last_n", "support.function.primitive"],
    ["function shop.find(x) end", "shop.find", "entity.name.function"],
    ["shop:find(x)", "find", "entity.name.function.method"],
    ["find{x}", "find", "entity.name.function.call"],
    ["string.format('%d', 1)", "format", "support.function.library"],
    ["print(1)", "print", "support.function.tactus"],
    ["x.print(1)", "print", "entity.name.function.method"],
    ["local x <const> = 1", "<const>", "storage.modifier.attribute"],
    ["goto done", "done", "entity.name.label"],
    ["::done::", "::done::", "keyword.control.goto"],
    ["x = 0xA.8p-1", "0xA.8p-1", "constant.numeric.hex"],
    ["x = 3e-2", "3e-2", "constant.numeric.decimal"],
    ["return ...", "...", "constant.language"],
    ["x = a .. b", "..", "keyword.operator.concatenation"],
    ["x = a // b", "//", "keyword.operator.arithmetic"],
    ["if a ~= b then end", "~=", "keyword.operator.comparison"],
    ["if a == b then end", "==", "keyword.operator.comparison"],
    ["x = not y", "not", "keyword.operator.logical"],
    ["x.end_ = 1", "end_", "source.tactus"],
    ["-- Agent {", "Agent {", "comment.line"],
    ['"\\u{48}"', "\\u{48}", "constant.character.escape"],
    ['"\\q"', "\\q", "invalid.illegal.escape"],
    ['"Today is {input.today}."', "input.today", "variable.other.template"],
    ["[[Dear {state.customer.name},]]", "state.customer.name", "variable.other.template"],
    ['"{other.today}"', "{other.today}", "string.quoted.double"],
  ] as const)("%s: %s is %s", ([source, text, scope]) => {
    const found = tokens(source).find(([token]) => token.trim() === text || token.includes(text));
    expect(found?.[1]).toContain(scope);
    if (scope === "source.tactus") expect(found?.[1]).toBe("source.tactus");
  });
});

describe("long brackets of every level", () => {
  test.for(["", "=", "=="])("[%s[ is closed by its own level only", (level) => {
    const source = `x = [${level}[ text\n]${level}=] still text\n]${level}] y = 1`;
    expect(scopesOf(source, `]${level}=] still text`)).toContain("string.quoted.other.multiline");
    expect(scopesOf(source, "y")).not.toContain("string");
  });

  test("a long comment ends where its level ends", () => {
    const source = "--[==[ a\n]] b\n]==] c = 1";
    expect(scopesOf(source, "]] b")).toContain("comment.block");
    expect(scopesOf(source, "c")).not.toContain("comment");
  });
});

describe("Gherkin in a specification", () => {
  const source = `Specifications([==[
@slow
Feature: Orders
  # a note
  Scenario Outline: <kind> order
    Given the agent "clerk"
    When 3 orders come
    Then [[brackets]] stay text
    Examples:
      | kind |
  """
  Given nothing
  """
]==])
local after = 1`;

  test.for([
    ["Specifications", "support.class.declaration"],
    ["@slow", "entity.name.tag.gherkin"],
    ["Orders", "entity.name.section.gherkin"],
    ["a note", "comment.line.number-sign.gherkin"],
    ["<kind>", "variable.parameter.gherkin"],
    ["Given", "keyword.control.step.gherkin"],
    ['"clerk"', "string.quoted.double.gherkin"],
    ["3", "constant.numeric.gherkin"],
    ["[[brackets]] stay text", "meta.embedded.block.gherkin"],
    ["|", "punctuation.separator.table.gherkin"],
    ["Given nothing", "string.quoted.triple.gherkin"],
    ["local", "storage.modifier.local"],
  ] as const)("%s is %s", ([text, scope]) => {
    const found = tokens(source).find(([token]) => token.trim() === text);
    expect(found?.[1]).toContain(scope);
  });

  test("Lua goes on after the closing bracket", () => {
    expect(scopesOf(source, "local")).not.toContain("gherkin");
    expect(scopesOf("Specification([[\n# a note ]])\nlocal y", "local")).not.toContain("gherkin");
  });

  test("the form without parentheses is known too", () => {
    expect(scopesOf("Specification [[\nFeature: x\n]]", "Feature")).toContain("gherkin");
  });
});
