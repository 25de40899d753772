import type { Location } from "vscode-languageserver";
import type { ConfigKind } from "#language/sidecar/config-kind.ts";
import type { ProcedureFacts } from "#language/sidecar/procedure-facts.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { Positions } from "../positions.ts";

/** A config file that counts for the one that is asked about. */
export interface YamlLayer {
  readonly uri: string;
  /** As people know it: relative to the workspace, or absolute. */
  readonly name: string;
  readonly document: YamlDocument;
  readonly kind: ConfigKind;
  /** The person's own config. */
  readonly isOwn: boolean;
  readonly positions: Positions;
}

/** What the features of YAML files can ask for beside the document. What is left out is not offered. */
export interface YamlContext {
  readonly uri: string;
  readonly kind: ConfigKind;
  readonly positions: Positions;
  /** All layers in their order, the weakest first; the document itself among them. */
  readonly layers?: readonly YamlLayer[];
  /** The procedure beside a sidecar, and where it is. */
  readonly procedure?: ProcedureFacts;
  readonly procedureUri?: string;
  readonly procedurePositions?: Positions;
  /** Where the procedure declares a name. */
  readonly declarationOf?: (name: string) => Location | undefined;
  /** Value of an environment variable; absent where there is none to ask, as in a browser. */
  readonly variable?: (name: string) => string | undefined;
  /** Names in a folder, folders with a `/` behind. */
  readonly listFolder?: (uri: string) => Promise<readonly string[]>;
  /** Ids of models that are worth offering. */
  readonly models?: readonly string[];
  /** The client understands `${1:placeholders}`. */
  readonly hasSnippets?: boolean;
}

/** The folder that relative paths of a file start from, as a URI with a `/` at its end. */
export function startFolder(uri: string): string {
  const folder = uri.slice(0, uri.lastIndexOf("/") + 1);
  return folder.replace(/\/\.tactus\/$/, "/");
}
