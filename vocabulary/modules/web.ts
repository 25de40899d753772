import type { FieldEntry, FunctionEntry, MemberEntry, ModuleEntry } from "../entries.ts";
import { method } from "../handles/method.ts";

const texts = { types: ["list"], each: { types: ["text"] } } as const;

const searchFields: readonly FieldEntry[] = [
  { name: "query", types: ["text"], required: true, doc: "What to look for." },
  { name: "provider", types: ["text"], default: "openai", doc: "Who searches." },
  {
    name: "model",
    types: ["text"],
    refersTo: "modelId",
    default: "gpt-5.4-mini",
    doc: "The model that searches.",
  },
  { name: "allowed_domains", ...texts, doc: "The only sites that count." },
  { name: "domains", ...texts, aliasOf: "allowed_domains", doc: "Other spelling of `allowed_domains`." },
  { name: "blocked_domains", ...texts, doc: "Sites that don't count." },
  {
    name: "exclude_domains",
    ...texts,
    aliasOf: "blocked_domains",
    doc: "Other spelling of `blocked_domains`.",
  },
  {
    name: "return_token_budget",
    types: ["text"],
    default: "default",
    values: ["default", "unlimited"],
    doc: "How much may come back.",
  },
  {
    name: "reasoning_effort",
    types: ["text"],
    suggested: ["low", "medium", "high"],
    doc: "How much the model thinks.",
  },
  { name: "max_results", types: ["integer"], doc: "Most results." },
  {
    name: "maxResults",
    types: ["integer"],
    aliasOf: "max_results",
    doc: "Other spelling of `max_results`.",
  },
  { name: "mock", types: ["any"], doc: "An answer in place of a search." },
];

const resultFields: readonly FieldEntry[] = [
  { name: "title", types: ["text"], doc: "Title of the page." },
  { name: "url", types: ["text"], doc: "Its address." },
  { name: "snippet", types: ["text"], doc: "A piece of it." },
  { name: "date", types: ["text", "nil"], doc: "When it was published." },
  { name: "last_updated", types: ["text", "nil"], doc: "When it was changed." },
  { name: "rank", types: ["integer"], doc: "Its place, from 1." },
  { name: "source_domain", types: ["text"], doc: "Its site." },
  { name: "evidence_candidate_id", types: ["text"], doc: "A mark to refer to it." },
];

const errorFields: readonly FieldEntry[] = [
  {
    name: "code",
    types: ["text"],
    suggested: [
      "UNSUPPORTED_PROVIDER",
      "MISSING_QUERY",
      "MISSING_API_KEY",
      "PROVIDER_REQUEST_FAILED",
      "NOT_IMPLEMENTED",
    ],
    doc: "What went wrong.",
  },
  { name: "message", types: ["text"], doc: "The same, for people." },
  { name: "retryable", types: ["boolean"], doc: "Whether another attempt may help." },
];

const answerFields: readonly FieldEntry[] = [
  { name: "ok", types: ["boolean"], doc: "Whether it worked. A failure is no error: look at this." },
  {
    name: "error",
    types: ["table", "nil"],
    fields: errorFields,
    doc: "What went wrong; nil when it worked.",
  },
  { name: "provider", types: ["text"], doc: "Who searched." },
  { name: "mode", types: ["text"], values: ["search", "synthesis"], doc: "What was done." },
  { name: "query", types: ["text"], doc: "What was looked for." },
  { name: "metadata", types: ["table"], isOpen: true, doc: "Anything else." },
];

const found: FieldEntry = {
  name: "results",
  types: ["list"],
  each: { types: ["table"], fields: resultFields },
  doc: "The pages that were found.",
};

const world: Partial<FunctionEntry> = {
  effect: "external",
  advice:
    "Wrap it in `Step.checkpoint`, so that a run that is resumed with changed code does not search, and pay, again.",
};

function asking(name: string, doc: string, more: readonly FieldEntry[]): MemberEntry {
  return method(
    name,
    doc,
    ["table"],
    [
      {
        name: "args",
        types: ["table"],
        required: true,
        fields: searchFields,
        doc: "What to look for, and how.",
      },
    ],
    {
      ...world,
      reaches: [
        { capability: "model", by: "args" },
        { capability: "network", by: "args" },
      ],
      returnFields: [...answerFields, ...more],
    },
  );
}

function research(name: string, doc: string): MemberEntry {
  return method(
    name,
    `${doc} It is not there yet: the answer is always \`NOT_IMPLEMENTED\`.`,
    ["table"],
    [{ name: "args", types: ["table"], required: true, isOpen: true, doc: "What is asked." }],
    { ...world, returnFields: answerFields },
  );
}

/** Search of the web (language.md part B §4.7). */
export const webModule: ModuleEntry = {
  name: "tactus.web",
  doc: "Searches the web. Failures are no errors: look at `ok` of the answer.",
  example:
    'local web = require("tactus.web")\nlocal answer = Step.checkpoint(function() return web.search {query = "tea"} end)',
  exports: [
    method("providers", "Who can search.", ["table"], [], {
      returnFields: [
        { name: "ok", types: ["boolean"], doc: "True." },
        { name: "providers", types: ["table"], isOpen: true, doc: "By name: `status` and `modes`." },
      ],
    }),
    asking("search", "Finds pages.", [found]),
    asking("synthesize", "Finds pages and writes an answer from them.", [
      { name: "answer", types: ["text"], doc: "The answer." },
      {
        name: "sources",
        types: ["list"],
        each: { types: ["table"], fields: resultFields },
        doc: "The pages that it is made from.",
      },
    ]),
    research("deep_research_start", "Starts a long search."),
    research("deep_research_status", "How a long search stands."),
    research("deep_research_result", "What a long search found."),
  ],
};
