import type { Rule } from "#language/diagnostics/rule.ts";
import { annotations } from "#language/diagnostics/rules/annotations.ts";
import { callArguments } from "#language/diagnostics/rules/call-arguments.ts";
import { confusableNames } from "#language/diagnostics/rules/confusable-names.ts";
import { declarationFailed } from "#language/diagnostics/rules/declaration-failed.ts";
import { declarationFields } from "#language/diagnostics/rules/declaration-fields.ts";
import { deprecatedUses } from "#language/diagnostics/rules/deprecated-uses.ts";
import { duplicateNames } from "#language/diagnostics/rules/duplicate-names.ts";
import { durability } from "#language/diagnostics/rules/durability.ts";
import { handlerMismatch } from "#language/diagnostics/rules/handler-mismatch.ts";
import { hiddenCharacters } from "#language/diagnostics/rules/hidden-characters.ts";
import { missingProvider } from "#language/diagnostics/rules/missing-provider.ts";
import { unknownReferences } from "#language/diagnostics/rules/named-references.ts";
import { olderDeclarations } from "#language/diagnostics/rules/older-declarations.ts";
import { olderForms } from "#language/diagnostics/rules/older-forms.ts";
import { patterns } from "#language/diagnostics/rules/patterns.ts";
import { procedureCalls } from "#language/diagnostics/rules/procedure-calls.ts";
import { procedureResults } from "#language/diagnostics/rules/procedure-results.ts";
import { schemaFields } from "#language/diagnostics/rules/schema-fields.ts";
import { secrets } from "#language/diagnostics/rules/secrets.ts";
import { shadowedPrimitive } from "#language/diagnostics/rules/shadowed-primitive.ts";
import { specifications } from "#language/diagnostics/rules/specifications.ts";
import { turnTools } from "#language/diagnostics/rules/turn-tools.ts";
import { unboundedAgentLoop } from "#language/diagnostics/rules/unbounded-agent-loop.ts";
import { undefinedGlobal } from "#language/diagnostics/rules/undefined-global.ts";
import { unknownMembers } from "#language/diagnostics/rules/unknown-members.ts";
import { unknownModule } from "#language/diagnostics/rules/unknown-module.ts";
import { unknownPlaceholder } from "#language/diagnostics/rules/unknown-placeholder.ts";
import { unknownState } from "#language/diagnostics/rules/unknown-state.ts";
import { unreachableCode } from "#language/diagnostics/rules/unreachable-code.ts";
import { unusedDeclarations } from "#language/diagnostics/rules/unused-declarations.ts";
import { unusedNames } from "#language/diagnostics/rules/unused-names.ts";
import { wrongPhase } from "#language/diagnostics/rules/wrong-phase.ts";

/** Everything that is checked in a `.tac` file. */
export const procedureRules: readonly Rule[] = [
  annotations,
  callArguments,
  confusableNames,
  declarationFailed,
  declarationFields,
  deprecatedUses,
  duplicateNames,
  durability,
  handlerMismatch,
  hiddenCharacters,
  missingProvider,
  olderDeclarations,
  olderForms,
  patterns,
  procedureCalls,
  procedureResults,
  schemaFields,
  secrets,
  shadowedPrimitive,
  specifications,
  turnTools,
  unboundedAgentLoop,
  undefinedGlobal,
  unknownMembers,
  unknownModule,
  unknownPlaceholder,
  unknownReferences,
  unknownState,
  unreachableCode,
  unusedDeclarations,
  unusedNames,
  wrongPhase,
];
