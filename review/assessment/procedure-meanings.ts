import type { Meaning } from "#protocol/reports/review-report.ts";
import {
  type CodePiece,
  type DeclaredPart,
  type DeclaredScenario,
  isSpecification,
  type ProcedureParts,
} from "#review/assessment/declared-parts.ts";
import { loosenedBy } from "#review/assessment/schema-meanings.ts";

/** The files that the two versions are, for the places of what is found. */
export interface Versions {
  readonly base: string;
  readonly head: string;
}

const nothing: ProcedureParts = {
  declarations: new Map(),
  scenarios: new Map(),
  modules: new Map(),
  statements: new Map(),
};

/** What a changed procedure means beyond its manifest. What it may touch is compared there and not told again here. */
export function procedureMeanings(
  before: ProcedureParts | undefined,
  after: ProcedureParts | undefined,
  files: Versions,
): Meaning[] {
  return new Comparison(before ?? nothing, after ?? nothing, files).meanings();
}

class Comparison {
  readonly #before: ProcedureParts;
  readonly #after: ProcedureParts;
  readonly #files: Versions;

  constructor(before: ProcedureParts, after: ProcedureParts, files: Versions) {
    this.#before = before;
    this.#after = after;
    this.#files = files;
  }

  meanings(): Meaning[] {
    return [
      ...this.#paired(this.#before.declarations, this.#after.declarations, {
        added: (part) => this.#added(part),
        removed: (part) => this.#removed(part),
        both: (old, current) => this.#changed(old, current),
      }),
      ...this.#paired(this.#before.scenarios, this.#after.scenarios, {
        added: () => [],
        removed: ({ line }, name) => [
          {
            topic: "specifications",
            risk: "low",
            message: `removes the scenario "${name}"`,
            base: this.#base(line),
          },
        ],
        both: (old, current, name) => this.#weakened(old, current, name),
      }),
      ...this.#paired(this.#before.modules, this.#after.modules, {
        added: (line, name) => [
          {
            topic: "modules",
            risk: "low",
            message: `now requires the module ${name}`,
            head: this.#head(line),
          },
        ],
        removed: (line, name) => [
          {
            topic: "modules",
            risk: "none",
            message: `no longer requires the module ${name}`,
            base: this.#base(line),
          },
        ],
        both: () => [],
      }),
      ...this.#statements(),
    ];
  }

  #added(part: DeclaredPart): Meaning[] {
    if (isSpecification(part.kind) || isToldByManifest(part)) return [];
    const { topic, subject, what } = about(part);
    return [{ topic, risk: "low", message: `declares ${what}`, ...subject, head: this.#head(part.line) }];
  }

  #removed(part: DeclaredPart): Meaning[] {
    if (isToldByManifest(part)) return [];
    const { topic, subject, what } = about(part);
    const risk = topic === "specifications" ? "low" : "none";
    return [{ topic, risk, message: `removes ${what}`, ...subject, base: this.#base(part.line) }];
  }

  #changed(before: DeclaredPart, after: DeclaredPart): Meaning[] {
    const fields = this.#paired(before.fields, after.fields, {
      added: (piece, name) => this.#field(before, after, name, undefined, piece),
      removed: (piece, name) => this.#field(before, after, name, piece, undefined),
      both: (old, current, name) =>
        old.code === current.code ? [] : this.#field(before, after, name, old, current),
    });
    if (before.rest === after.rest || isSpecification(after.kind)) return fields;
    const { topic, subject, what } = about(after);
    const isText = topic === "prompt";
    const rest: Meaning = {
      topic: isText ? "prompt" : "code",
      risk: "low",
      message: isText ? `changes ${what}` : `changes the code of ${what}`,
      ...subject,
      base: this.#base(before.line),
      head: this.#head(after.line),
    };
    return [...fields, rest];
  }

  #field(
    before: DeclaredPart,
    after: DeclaredPart,
    name: string,
    old: CodePiece | undefined,
    current: CodePiece | undefined,
  ): Meaning[] {
    if (toldByManifest.has(name)) return [];
    const topic = topicOf(name, after.kind);
    const { subject, what } = about(after);
    const places = {
      ...(old && { base: this.#base(old.line) }),
      ...(current && { head: this.#head(current.line) }),
    };
    const common = { topic, ...subject, ...places };
    if (topic === "schema")
      return schemaChange(before, after, name).map((message) => ({ ...common, risk: "low", message }));
    return [{ ...common, ...fieldChange(name, what, old, current) }];
  }

  #weakened(before: DeclaredScenario, after: DeclaredScenario, name: string): Meaning[] {
    const kept = new Set(after.steps);
    const lost = before.steps.filter((step) => !kept.has(step));
    if (lost.length === 0) return [];
    const message = `changes the scenario "${name}": no longer "${lost.join('", "')}"`;
    return [
      {
        topic: "specifications",
        risk: "low",
        message,
        base: this.#base(before.line),
        head: this.#head(after.line),
      },
    ];
  }

  /** Functions, constants and whatever else a run executes before and around the declarations. */
  #statements(): Meaning[] {
    const [old, current] = [this.#before.statements, this.#after.statements];
    const changed = [...current].filter(([code]) => !old.has(code)).map(([, line]) => line);
    const gone = [...old].filter(([code]) => !current.has(code)).map(([, line]) => line);
    const [first] = changed;
    const [firstGone] = gone;
    if (first === undefined && firstGone === undefined) return [];
    return [
      {
        topic: "code",
        risk: first === undefined ? "none" : "low",
        message: "changes code outside of its declarations",
        ...(firstGone !== undefined && { base: this.#base(firstGone) }),
        ...(first !== undefined && { head: this.#head(first) }),
      },
    ];
  }

  #paired<Part>(
    before: ReadonlyMap<string, Part>,
    after: ReadonlyMap<string, Part>,
    tell: {
      readonly added: (part: Part, name: string) => Meaning[];
      readonly removed: (part: Part, name: string) => Meaning[];
      readonly both: (before: Part, after: Part, name: string) => Meaning[];
    },
  ): Meaning[] {
    const names = new Set([...before.keys(), ...after.keys()]);
    return [...names].flatMap((name) => {
      const [old, current] = [before.get(name), after.get(name)];
      if (old !== undefined && current !== undefined) return tell.both(old, current, name);
      if (current !== undefined) return tell.added(current, name);
      return old === undefined ? [] : tell.removed(old, name);
    });
  }

  #base(line: number): NonNullable<Meaning["base"]> {
    return { file: this.#files.base, line };
  }

  #head(line: number): NonNullable<Meaning["head"]> {
    return { file: this.#files.head, line };
  }
}

/** Models and tools are entries of the manifest. */
function isToldByManifest({ kind }: DeclaredPart): boolean {
  return kind === "Tool" || kind === "Toolset";
}

const topicsByKind: Readonly<Record<string, Meaning["topic"]>> = {
  Prompt: "prompt",
  Model: "model",
  Specification: "specifications",
  Specifications: "specifications",
  Evaluation: "specifications",
  Evaluations: "specifications",
};

function about(part: DeclaredPart): {
  readonly topic: Meaning["topic"];
  readonly subject: Pick<Meaning, "subject">;
  readonly what: string;
} {
  const { kind, name } = part;
  const word = kind.charAt(0).toLowerCase() + kind.slice(1);
  return {
    topic: topicsByKind[kind] ?? "code",
    subject: name === "" ? {} : { subject: name },
    what: name === "" ? `the ${word}` : `the ${word} ${name}`,
  };
}

/** Fields whose meaning is an entry of the manifest. */
const toldByManifest: ReadonlySet<string> = new Set([
  "tools",
  "inline_tools",
  "toolsets",
  "use",
  "model",
  "provider",
  "max_turns",
]);

const topicsByField: ReadonlyArray<readonly [RegExp, Meaning["topic"]]> = [
  [/^tool_choice$/, "tools"],
  [/^(input|output|state|response_schema)$/, "schema"],
  [/prompt|message|instruction|skills|template/, "prompt"],
  [/^(temperature|top_p|module|reasoning.*|model_.*)$/, "model"],
  [/^max_|_limit$|timeout|budget|attempts|retr/, "limits"],
];

function topicOf(field: string, kind: string): Meaning["topic"] {
  const byKind = topicsByKind[kind];
  if (byKind === "specifications") return byKind;
  return topicsByField.find(([pattern]) => pattern.test(field))?.[1] ?? byKind ?? "code";
}

function fieldChange(
  field: string,
  what: string,
  before: CodePiece | undefined,
  after: CodePiece | undefined,
): Pick<Meaning, "risk" | "message"> {
  if (!after) return { risk: "low", message: `no longer sets ${field} of ${what}` };
  if (!before) return { risk: "low", message: `sets ${field} of ${what}` };
  if (before.number === undefined || after.number === undefined)
    return { risk: "low", message: `changes ${field} of ${what}` };
  const isRaised = after.number > before.number;
  const verb = isRaised ? "raises" : "lowers";
  const isLess = field.startsWith("max_") && !isRaised;
  return {
    risk: isLess ? "none" : "low",
    message: `${verb} ${field} of ${what} from ${before.number} to ${after.number}`,
  };
}

/** A schema that cannot be read on both sides is told as changed; one that only became stricter is not told. */
function schemaChange(before: DeclaredPart, after: DeclaredPart, field: string): string[] {
  const [old, current] = [before.schemas.get(field), after.schemas.get(field)];
  const where = `the ${field} of ${about(after).what}`;
  if (old && current) return loosenedBy(old, current, where);
  if (!old && current) return [];
  return [current === undefined && old ? `no longer has a schema for ${where}` : `changes ${where}`];
}
