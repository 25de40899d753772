import type { Rule } from "#language/diagnostics/rule.ts";
import { duplicateNames } from "#language/diagnostics/rules/duplicate-names.ts";
import { shadowedPrimitive } from "#language/diagnostics/rules/shadowed-primitive.ts";
import { undefinedGlobal } from "#language/diagnostics/rules/undefined-global.ts";
import { unknownModule } from "#language/diagnostics/rules/unknown-module.ts";
import { unusedNames } from "#language/diagnostics/rules/unused-names.ts";

/** Everything that is checked in a `.tac` file. */
export const procedureRules: readonly Rule[] = [
  undefinedGlobal,
  unusedNames,
  duplicateNames,
  shadowedPrimitive,
  unknownModule,
];
