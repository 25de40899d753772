import type { Rule, StatementContext } from "#language/diagnostics/rule.ts";
import { allWords } from "#language/semantics/inference/vocabulary-types.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import type { FreeName } from "#language/semantics/scopes.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";
import { absentGlobals } from "#vocabulary/lua/global-functions.ts";

/** Names that nothing defines. */
export const undefinedGlobal: Rule = {
  statement: (context) => {
    for (const use of context.model.scopes.free) if (use.access !== "write") checkUse(use, context);
  },
};

function checkUse({ name, node, access }: FreeName, context: StatementContext): void {
  const { file, model, types, report } = context;
  if (file.names.topLocal(name, model.index) || types.globalType(name)) return;
  if (file.evaluatedGlobals.has(name)) return;
  const instead = absentGlobals[name];
  if (instead !== undefined) {
    report({
      code: "undefined-global",
      span: node,
      message: `"${name}" does not exist here: ${instead}.`,
      severity: access === "call" ? "error" : "warning",
    });
    return;
  }
  if (mayComeFromElsewhere(context)) return;
  const guess = nearestName(name, namesAround(context));
  const consequence = access === "call" ? "calling it fails" : "it is nil";
  report({
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

/** A module that is not at hand may define globals. */
function mayComeFromElsewhere({ file, project }: StatementContext): boolean {
  return requiredModules(file).some(({ name }) => project.module(file.uri, name).kind === "missing");
}

function namesAround({ file, model }: StatementContext): string[] {
  return [
    ...allWords().keys(),
    ...file.names.globalNames(),
    ...file.names.topLocalNames(),
    ...model.scopes.bindings.map(({ name }) => name),
  ];
}
