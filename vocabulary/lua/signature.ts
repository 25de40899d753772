import type { FieldEntry, FunctionEntry, ValueKind } from "../entries.ts";

/** What a signature can't say. */
type Details = Partial<
  Pick<FunctionEntry, "advice" | "deprecated" | "effect" | "example" | "returnFields" | "returnsEach">
> & {
  /** More of a parameter, by its name. */
  readonly about?: Readonly<Record<string, Partial<FieldEntry>>>;
};

/** Makes an entry of a function from a short signature. */
type Define = (signature: string, doc: string, details?: Details) => FunctionEntry;

const kinds: Readonly<Record<string, ValueKind>> = {
  string: "text",
  number: "number",
  integer: "integer",
  boolean: "boolean",
  table: "table",
  list: "list",
  function: "function",
  nil: "nil",
};

/**
 * For the functions of a library whose parameters of the same name mean the same: `docs` says what. A signature is
 * written as `"find(s: string, init?: integer): integer|nil, ..."`; `...` takes, or gives, any number of values.
 */
export function functionsWith(docs: Readonly<Record<string, string>>): Define {
  return (signature, doc, { about = {}, ...details } = {}) => {
    const [, name = "", parameters = "", returns = ""] = /^(\w+)\((.*?)\)(?:: (.*))?$/.exec(signature) ?? [];
    const texts = listed(parameters);
    const [first, ...further] = listed(returns).filter((text) => text !== "...");
    return {
      name,
      doc,
      parameters: texts.map((text) => parameterOf(text, docs, about)),
      returns: first === undefined ? [] : kindsOf(first),
      ...(further.length > 0 && { furtherReturns: further.map(kindsOf) }),
      ...(returns.endsWith("...") && { returnsMore: true }),
      ...(texts.includes("...") && { isVararg: true }),
      ...details,
    };
  };
}

function listed(text: string): string[] {
  return text.split(", ").filter((part) => part !== "");
}

function kindsOf(text: string): ValueKind[] {
  return text.split("|").map((word) => kinds[word] ?? "any");
}

function parameterOf(
  text: string,
  docs: Readonly<Record<string, string>>,
  about: Readonly<Record<string, Partial<FieldEntry>>>,
): FieldEntry {
  if (text === "...") return { name: "…", types: ["any"], doc: docs["…"] ?? "Any number of values." };
  const [, name = "", optional, type = "any"] = /^(\w+)(\?)?: (.*)$/.exec(text) ?? [];
  return {
    name,
    types: kindsOf(type),
    doc: docs[name] ?? "",
    ...(optional === undefined && { required: true }),
    ...about[name],
  };
}
