import {
  MarkupKind,
  type SignatureHelp,
  type SignatureHelpParams,
  type SignatureInformation,
} from "vscode-languageserver";
import { parameterText, typeText } from "#language/semantics/type-text.ts";
import type { FunctionType, Parameter } from "#language/semantics/types.ts";
import type { CallExpression, MethodCall, Node } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";

/** The parameters of the function that is being called, with the one that is being written. */
export const signatureHelp: DocumentFeature<SignatureHelpParams, SignatureHelp | null> = {
  method: "textDocument/signatureHelp",
  capabilities: () => ({
    signatureHelpProvider: { triggerCharacters: ["(", ",", "{"], retriggerCharacters: [","] },
  }),
  procedure: (context, { position }) => {
    const offset = context.positions.offsetAt(position);
    const { path, base, index } = nodePathAt(context.file.tree, offset);
    const model = context.file.models[index];
    const call = path.findLast((node): node is CallExpression | MethodCall =>
      isCallAround(node, offset - base),
    );
    const called = model && call && context.file.types.calledFunction(model, call);
    if (!call || !called) return null;
    const skipped = call.kind === "MethodCall" && called.isMethod ? 1 : 0;
    return {
      signatures: [signatureOf(called, nameOf(call), skipped)],
      activeSignature: 0,
      activeParameter: Math.min(
        activeIndex(context, call, offset - base, base),
        Math.max(0, called.parameters.length - skipped - 1),
      ),
    };
  },
};

function isCallAround(node: Node, offset: number): boolean {
  if (node.kind !== "CallExpression" && node.kind !== "MethodCall") return false;
  const { start, end } = node.argumentList;
  return node.form !== "string" && start < offset && offset <= end;
}

function nameOf(call: CallExpression | MethodCall): string {
  if (call.kind === "MethodCall") return call.method.text;
  const { callee } = call;
  if (callee.kind === "MemberExpression") return callee.member.text;
  return callee.kind === "NameExpression" ? callee.text : "function";
}

/** Number of the argument that an offset is in; `base` is where the statement begins. */
function activeIndex(
  { file }: ProcedureContext,
  call: CallExpression | MethodCall,
  offset: number,
  base: number,
): number {
  if (call.form !== "parentheses") return 0;
  const before = call.arguments.filter(({ end }) => end < offset);
  const last = before.at(-1);
  const current = call.arguments.find(({ start, end }) => start <= offset && offset <= end);
  if (current) return call.arguments.indexOf(current);
  const between = last ? file.text.slice(base + last.end, base + offset) : "";
  return before.length - (last && !between.includes(",") ? 1 : 0);
}

function signatureOf(called: FunctionType, name: string, skipped: number): SignatureInformation {
  const parameters = called.parameters.slice(skipped);
  const texts = [
    ...parameters.map((parameter) => parameterText(parameter)),
    ...(called.isVararg ? ["..."] : []),
  ];
  const returns = called.returns().map((returned) => typeText(returned, 1));
  return {
    label: `${name}(${texts.join(", ")})${returns.length > 0 ? `: ${returns.join(", ")}` : ""}`,
    parameters: parameters.map((parameter) => ({
      label: parameterText(parameter),
      ...(docOf(parameter) !== undefined && {
        documentation: { kind: MarkupKind.Markdown, value: docOf(parameter) ?? "" },
      }),
    })),
    ...(called.doc !== undefined && { documentation: { kind: MarkupKind.Markdown, value: called.doc } }),
  };
}

/** The parameter's own words, and the fields of the table that it takes. */
function docOf({ doc, entry }: Parameter): string | undefined {
  const fields = (entry?.fields ?? []).map(
    (field) => `- \`${field.name}\`${field.required ? " (required)" : ""} — ${field.doc}`,
  );
  const parts = [doc, ...(fields.length > 0 ? [fields.join("\n")] : [])].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join("\n\n") : undefined;
}
