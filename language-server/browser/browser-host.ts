import type { Connection } from "vscode-languageserver";
import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";
import { editorFiles } from "../editor-files.ts";
import type { LanguageHost } from "../host.ts";

/** A server in a browser has no disk: the editor reads files for it. */
export function browserHost(
  connection: Pick<Connection, "sendRequest">,
  evaluator: DeclarationEvaluator,
): LanguageHost {
  return { ...editorFiles(connection), evaluator };
}
