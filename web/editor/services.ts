import { getService, ITextModelService, initialize } from "@codingame/monaco-vscode-api";
import getConfigurationServices from "@codingame/monaco-vscode-configuration-service-override";
import * as monaco from "@codingame/monaco-vscode-editor-api";
import getEditorServices from "@codingame/monaco-vscode-editor-service-override";
import { Uri } from "@codingame/monaco-vscode-extension-api";
import "@codingame/monaco-vscode-extension-api/localExtensionHost";
import getModelServices from "@codingame/monaco-vscode-model-service-override";
import getMonarchServices from "@codingame/monaco-vscode-monarch-service-override";
import { startWorker } from "./blob-script.ts";
import { languageOf, type PageSources, scheme } from "./page-sources.ts";

export interface ServicesStart {
  readonly sources: PageSources;
  readonly editorWorker: string;
  /** Shows a model at a place that the person goes to, in the editor that is given back. */
  readonly open: (
    uri: monaco.Uri,
    selection: monaco.IRange | undefined,
  ) => Promise<monaco.editor.IStandaloneCodeEditor | undefined>;
}

/** Starts the parts of VS Code that Monaco and the language client stand on. Once in the life of a page. */
export async function startServices({ sources, editorWorker, open }: ServicesStart): Promise<void> {
  globalThis.MonacoEnvironment = { getWorker: (_, label) => startWorker(editorWorker, label) };
  await initialize(
    {
      ...getConfigurationServices(),
      ...getModelServices(),
      ...getMonarchServices(),
      ...getEditorServices((model, options) => {
        const selection =
          options && "selection" in options ? (options.selection as monaco.IRange) : undefined;
        return open(model.object.textEditorModel.uri, selection);
      }),
    },
    document.body,
    {
      // A workspace without a folder: no path of the page's sources is looked for anywhere.
      workspaceProvider: {
        trusted: true,
        workspace: { workspaceUri: Uri.from({ scheme, path: "/report.code-workspace" }) },
        open: async () => false,
      },
      configurationDefaults: { "editor.semanticHighlighting.enabled": true },
    },
  );
  const models = await getService(ITextModelService);
  models.registerTextModelContentProvider(scheme, {
    provideTextContent: async (uri) => {
      const text = sources.text(uri.toString());
      const known = monaco.editor.getModel(uri);
      return (
        known ?? (text === undefined ? null : monaco.editor.createModel(text, languageOf(uri.path), uri))
      );
    },
  });
}

/** The model of a source. It is held as long as the page lives: VS Code drops one that nobody holds. */
export async function holdModel(uri: monaco.Uri): Promise<monaco.editor.ITextModel> {
  const models = await getService(ITextModelService);
  const known = held.get(uri.toString()) ?? models.createModelReference(uri);
  held.set(uri.toString(), known);
  return (await known).object.textEditorModel;
}

const held = new Map<string, ReturnType<ITextModelService["createModelReference"]>>();
