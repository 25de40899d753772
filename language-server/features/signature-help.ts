import type { SignatureHelp, SignatureHelpParams } from "vscode-languageserver";
import { type Signature, signatureAt } from "#language/completion/signature-at.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";
import { markup } from "./markup.ts";

/** The parameters of what is being called, or the fields of the table that is being filled in. */
export const signatureHelp: DocumentFeature<SignatureHelpParams, SignatureHelp | null> = {
  method: "textDocument/signatureHelp",
  capabilities: () => ({
    signatureHelpProvider: { triggerCharacters: ["(", ",", "{"], retriggerCharacters: [",", "=", "}", ")"] },
  }),
  procedure: (context, { position }) => {
    const offset = context.positions.offsetAt(position);
    const found = signatureAt(context.file, offset, context.project);
    return found ? toLsp(found, context) : null;
  },
};

function toLsp({ label, doc, parameters, active }: Signature, { client }: ProcedureContext): SignatureHelp {
  const able = client.textDocument?.signatureHelp?.signatureInformation;
  const formats = able?.documentationFormat;
  const hasOffsets = able?.parameterInformation?.labelOffsetSupport === true;
  // Clients that can't show a call without a current parameter show the first one.
  const none = able?.noActiveParameterSupport ? null : 0;
  return {
    signatures: [
      {
        label,
        parameters: parameters.map(({ span, doc: about }) => ({
          label: hasOffsets ? [span.start, span.end] : label.slice(span.start, span.end),
          ...(about !== undefined && { documentation: markup(about, formats) }),
        })),
        ...(doc !== undefined && { documentation: markup(doc, formats) }),
      },
    ],
    activeSignature: 0,
    activeParameter: active ?? none,
  } as SignatureHelp;
}
