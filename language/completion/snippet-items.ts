// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets have placeholders of the same form.
import type { CompletionItem } from "#language/completion/completion-item.ts";
import type { CodePlace } from "#language/completion/completion-place.ts";

/** Whole declarations, at the top of a file. */
const declarationSnippets: readonly CompletionItem[] = [
  snippet("agent", "An agent with a prompt and tools.", [
    "${1:clerk} = Agent {",
    '\tprovider = "${2:openai}",',
    '\tmodel = "${3:gpt-4o-mini}",',
    "\tsystem_prompt = [[",
    "\t\t$4",
    "\t]],",
    "\ttools = { $0 },",
    "}",
  ]),
  snippet("tool", "A tool with an input and a function.", [
    "${1:search} = Tool {",
    '\tdescription = "${2:What it does}",',
    "\tinput = {",
    '\t\t${3:query} = field.string{required = true, description = "${4}"},',
    "\t},",
    "\tfunction(args)",
    "\t\t$0",
    "\tend,",
    "}",
  ]),
  snippet("procedure", "The procedure that a run starts.", [
    "Procedure {",
    "\tinput = {",
    "\t\t${1:topic} = field.string{required = true},",
    "\t},",
    "\toutput = {",
    "\t\t${2:reply} = field.string{required = true},",
    "\t},",
    "\tfunction(input)",
    "\t\t$0",
    '\t\treturn { ${2:reply} = "" }',
    "\tend,",
    "}",
  ]),
  snippet("specification", "Scenarios that describe what the procedure does.", [
    "Specification([[",
    "Feature: ${1:Name}",
    "",
    "  Scenario: ${2:Name}",
    "    Given the procedure has started",
    "    When the procedure runs",
    "    Then the procedure should complete successfully$0",
    "]])",
  ]),
  snippet("mocks", "Answers in place of agents and tools.", [
    "Mocks {",
    '\t${1:clerk} = { message = "${2:done}" },$0',
    "}",
  ]),
];

/** Statements, inside functions. */
const statementSnippets: readonly CompletionItem[] = [
  snippet("local checkpoint", "Records what must not happen twice.", [
    "local ${1:value} = Step.checkpoint(function()",
    "\t$0",
    "end)",
  ]),
  snippet("approve", "Asks a person for a yes.", [
    'if Human.approve({ message = "${1:Go on?}" }) then',
    "\t$0",
    "end",
  ]),
  snippet("loop", "A loop with a bound.", [
    "while not Iterations.exceeded(${1:10}) do",
    "\tIterations.increment()",
    "\t$0",
    "end",
  ]),
];

/** Snippets that fit where a statement begins: declarations at the top of a file, statements in functions. */
export function snippetItems({ path }: CodePlace): readonly CompletionItem[] {
  return path.some(({ kind }) => kind === "FunctionBody") ? statementSnippets : declarationSnippets;
}

function snippet(label: string, doc: string, lines: readonly string[]): CompletionItem {
  return { label, kind: "snippet", doc, insert: lines.join("\n"), isSnippet: true, rank: 6, detail: " …" };
}
