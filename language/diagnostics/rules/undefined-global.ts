import type { FileContext, Rule } from "#language/diagnostics/rule.ts";
import { allWords } from "#language/semantics/inference/vocabulary-types.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import type { FreeName } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";
import { absentGlobals } from "#vocabulary/lua/global-functions.ts";

/** Names that nothing defines. What may have been meant depends on all names of the file, so it looks at all. */
export const undefinedGlobal: Rule = {
  file: (context) => {
    const { file } = context;
    const known = new Map<string, boolean>();
    const guesses = new Guesses(context);
    for (const model of file.models) {
      for (const use of model.scopes.free) {
        const { name } = use;
        const isGlobal = known.get(name) ?? isDefined(name, context);
        known.set(name, isGlobal);
        if (!isGlobal && use.access !== "write" && !file.names.topLocal(name, model.index))
          reportUse(use, model, guesses, context);
      }
    }
  },
};

/** Types are asked last: finding out what a global holds takes longer than whether it is there. */
function isDefined(name: string, { file, types }: FileContext): boolean {
  if (file.names.globalWrites(name).length > 0 || allWords().has(name)) return true;
  // `Agent "x" {…}` gives the agent a global variable as well.
  if (types.siteOf("Agent", name)?.site.name?.from === "text") return true;
  return file.evaluatedGlobals.has(name) || types.globalType(name) !== undefined;
}

function reportUse(
  { name, node, access }: FreeName,
  model: StatementModel,
  guesses: Guesses,
  context: FileContext,
): void {
  const { report } = context;
  const instead = absentGlobals[name];
  if (instead !== undefined) {
    report(model, {
      code: "undefined-global",
      span: node,
      message: `"${name}" does not exist here: ${instead}.`,
      severity: access === "call" ? "error" : "warning",
    });
    return;
  }
  if (guesses.mayComeFromElsewhere) return;
  const guess = guesses.for(name, model);
  const consequence = access === "call" ? "calling it fails" : "it is nil";
  report(model, {
    code: "undefined-global",
    span: node,
    message: `Nothing defines "${name}": ${consequence}.${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
    ...(guess !== undefined && {
      fixes: [
        {
          title: `Replace with "${guess}"`,
          edits: [{ start: node.start, end: node.end, text: guess }],
          isPreferred: true,
        },
      ],
    }),
  });
}

/** So many pairs of names are compared after a change; a file with more undefined names lacks something else. */
const mostCompared = 25_000;

/** What undefined names may mean, found out once for each. */
class Guesses {
  readonly #context: FileContext;
  readonly #known = new Map<string, string | undefined>();
  #names: readonly string[] | undefined;
  #mayComeFromElsewhere: boolean | undefined;

  constructor(context: FileContext) {
    this.#context = context;
  }

  /** A module that is not at hand may define globals. */
  get mayComeFromElsewhere(): boolean {
    const { file, project } = this.#context;
    this.#mayComeFromElsewhere ??= requiredModules(file).some(
      ({ name }) => project.module(file.uri, name).kind === "missing",
    );
    return this.#mayComeFromElsewhere;
  }

  /** Locals of the statement count as well. */
  for(name: string, { scopes }: StatementModel): string | undefined {
    const known = this.#ofFile(name);
    const locals = scopes.bindings.map((binding) => binding.name);
    return nearestName(name, known === undefined ? locals : [...locals, known]);
  }

  #ofFile(name: string): string | undefined {
    if (this.#known.has(name)) return this.#known.get(name);
    const { names } = this.#context.file;
    this.#names ??= [...allWords().keys(), ...names.globalNames(), ...names.topLocalNames()];
    if (this.#known.size * this.#names.length > mostCompared) return undefined;
    const guess = nearestName(name, this.#names);
    this.#known.set(name, guess);
    return guess;
  }
}
