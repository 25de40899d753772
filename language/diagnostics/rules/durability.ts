import type { Finding, FindingFix, Rule } from "#language/diagnostics/rule.ts";
import { calleeSpan } from "#language/diagnostics/vocabulary-call.ts";
import type { EffectCall } from "#language/diagnostics/workflow/effects.ts";
import {
  type FunctionUnit,
  functionUnits,
  type UnitEffect,
} from "#language/diagnostics/workflow/function-units.ts";
import { UnitGraph } from "#language/diagnostics/workflow/unit-graph.ts";
import type { UnstableCheckpoint } from "#language/diagnostics/workflow/unstable-checkpoints.ts";
import type { Span } from "#language/syntax/tree.ts";

/**
 * What a resumed run may not see or do again: effects outside of checkpoints, and checkpoints that depend on them. In
 * the functions of tools there is nothing to say: their turn is a checkpoint.
 */
export const durability: Rule = {
  file: (context) => {
    const all = context.file.models.flatMap((model) => functionUnits(model, context.types));
    // Most files have none; which code is reached need not be found out for those.
    if (!all.some(({ effects }) => effects.length > 0)) return;
    const graph = new UnitGraph(all, context);
    const units = graph.workflow();
    const hasCheckpoints = units.some((unit) => unit.hasCheckpoints);
    for (const unit of units) {
      for (const effect of unit.effects)
        if (graph.hasEffect(effect))
          context.report(unit.model, effectFinding(effect, unit, context.file.text, hasCheckpoints));
      for (const unstable of unit.unstable) {
        const source = unstable.sources.find((each) => graph.hasEffect(each));
        if (source) context.report(unit.model, unstableFinding(unstable, source, unit));
      }
    }
  },
};

function effectFinding(
  effect: UnitEffect,
  { model }: FunctionUnit,
  text: string,
  hasCheckpoints: boolean,
): Finding {
  const { entry, name, call, tool, isOfModule } = effect;
  const what = tool === undefined ? `"${name}"` : `The tool "${tool}"`;
  const why =
    entry.effect === "nondeterministic"
      ? "may give something else when the run is resumed"
      : "may happen again when the run is resumed with changed code";
  const advice = tool === undefined ? entry.advice : entry.advice?.replaceAll("lookup(", `${name}(`);
  const fix = wrapping(effect, (node) => text.slice(model.offset + node.start, model.offset + node.end));
  return {
    code: "nondeterminism",
    span: calleeSpan(call),
    // A run that records nothing is resumed from its start; files are then meant to be written again.
    ...(isOfModule && !hasCheckpoints && { severity: "information" }),
    message: `${what} ${why}: it stands outside of a checkpoint.${advice === undefined ? "" : ` ${advice}`}`,
    ...(fix && { fixes: [fix] }),
  };
}

/** The call inside of a checkpoint, unless its value is the same each time. */
function wrapping(
  { call, entry, isStatement }: UnitEffect,
  written: (node: Span) => string,
): FindingFix | undefined {
  const isAlwaysNil = entry.effect === "nondeterministic" && entry.returns.every((kind) => kind === "nil");
  if (isAlwaysNil) return undefined;
  const isPlain =
    call.kind === "CallExpression" && call.form === "parentheses" && call.arguments.length === 0;
  const edits =
    isPlain && call.callee.kind !== "CallExpression"
      ? [{ start: call.start, end: call.end, text: `Step.checkpoint(${written(call.callee)})` }]
      : [
          {
            start: call.start,
            end: call.start,
            text: `Step.checkpoint(function() ${isStatement ? "" : "return "}`,
          },
          { start: call.end, end: call.end, text: " end)" },
        ];
  return { title: "Wrap in Step.checkpoint", edits, isPreferred: true };
}

function unstableFinding(
  { call, name }: UnstableCheckpoint,
  source: EffectCall,
  { model }: FunctionUnit,
): Finding {
  return {
    code: "unstable-checkpoint",
    span: calleeSpan(call),
    message: `Whether "${name}" is reached depends on "${source.name}", which is not recorded: a resumed run may take another way, and its checkpoints no longer fit. Put "${source.name}" into a checkpoint.`,
    related: [{ place: { statement: model, span: calleeSpan(source.call) }, message: "It depends on this" }],
  };
}
