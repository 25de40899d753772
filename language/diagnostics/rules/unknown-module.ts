import type { Rule } from "#language/diagnostics/rule.ts";
import { stringLiteral } from "#language/semantics/table-fields.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";
import { standardModules } from "#vocabulary/modules.ts";

/** Modules that are neither beside the file nor in the library. */
export const unknownModule: Rule = {
  visit: {
    CallExpression: ({ callee, arguments: [name] }, { file, project, report }) => {
      if (callee.kind !== "NameExpression" || callee.text !== "require") return;
      const text = stringLiteral(name);
      if (!text) return;
      const target = project.module(file.uri, text.value);
      if (target.kind === "missing") {
        const [candidate = ""] = target.candidates;
        const path = candidate.slice(file.uri.lastIndexOf("/") + 1);
        report({
          code: "missing-module",
          span: text.content,
          message: `There is no file for the module "${text.value}": it would be ${decodeURIComponent(path)} beside this one.`,
        });
      }
      if (target.kind !== "unknown") return;
      const guess = nearestName(
        text.value,
        standardModules.map((module) => module.name),
      );
      report({
        code: "unknown-module",
        span: text.content,
        message: `The library has no module "${text.value}".${guess === undefined ? "" : ` Did you mean "${guess}"?`}`,
        ...(guess !== undefined && {
          fixes: [
            {
              title: `Replace with "${guess}"`,
              edits: [{ ...spanOf(text.content), text: guess }],
              isPreferred: true,
              isSafe: true,
            },
          ],
        }),
      });
    },
  },
};

function spanOf({ start, end }: { start: number; end: number }): { start: number; end: number } {
  return { start, end };
}
