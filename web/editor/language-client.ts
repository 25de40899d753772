import { LanguageClientWrapper } from "monaco-languageclient/lcwrapper";
import {
  findFilesMethod,
  listFolderMethod,
  readFileMethod,
  type WorkspaceFileParams,
} from "#protocol/editor/workspace-files.ts";
import { type PageSources, scheme } from "./page-sources.ts";

type Features = NonNullable<ConstructorParameters<typeof LanguageClientWrapper>[0]["registerFeatures"]>;

/** Starts our language server in a worker, and answers it out of the page's sources. */
export async function startLanguageClient(worker: Worker, sources: PageSources): Promise<void> {
  const wrapper = new LanguageClientWrapper({
    languageId: "tactus",
    connection: { options: { $type: "WorkerDirect", worker } },
    registerFeatures: [twoFolders(sources)],
    clientOptions: {
      documentSelector: [
        { scheme, language: "tactus" },
        { scheme, language: "yaml", pattern: "**/*.tac.{yml,yaml}" },
        { scheme, language: "yaml", pattern: "**/.tactus/config.yml" },
      ],
      // Text of a stranger in a hover is no markup and no command.
      markdown: { isTrusted: false, supportHtml: false },
    },
  });
  const started = wrapper.start();
  // The client is there before it has started, so that the server's first question finds somebody who answers.
  const client = wrapper.getLanguageClient();
  client?.onRequest(readFileMethod, ({ uri }: WorkspaceFileParams) => sources.text(uri) ?? null);
  client?.onRequest(findFilesMethod, ({ uri }: WorkspaceFileParams) => sources.below(uri));
  client?.onRequest(listFolderMethod, ({ uri }: WorkspaceFileParams) => sources.namesIn(uri));
  await started;
}

/** Both sides are folders of their own: a module is looked for on the side of the file that requires it. */
function twoFolders(sources: PageSources): Features[number] {
  return {
    fillInitializeParams: (params) => {
      params.workspaceFolders = [...sources.folders];
    },
    fillClientCapabilities: () => {},
    initialize: () => {},
    getState: () => ({ kind: "static" }),
    clear: () => {},
  };
}
