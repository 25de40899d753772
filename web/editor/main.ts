import { startWorker } from "./blob-script.ts";
import { applyTheme, defineThemes } from "./editor-theme.ts";
import { startLanguageClient } from "./language-client.ts";
import { PageSources } from "./page-sources.ts";
import { ReadOnlyEditors } from "./read-only-editors.ts";
import { startServices } from "./services.ts";
import { registerLanguages } from "./tactus-language.ts";

/** Entry of the part of the page with Monaco in it. */
globalThis.startSourceEditors = async ({ container, files, theme, workers, onMoved, onSilent }) => {
  const sources = new PageSources(files);
  const editors = new ReadOnlyEditors(container, sources, onMoved);
  await startServices({ sources, editorWorker: workers.editor, open: editors.goTo });
  registerLanguages();
  defineThemes();
  applyTheme(theme);
  // A text is worth reading before the server knows what its names are.
  void startLanguageClient(startWorker(workers.languageServer, "tactus"), sources).catch(onSilent);
  return { show: editors.show, setTheme: applyTheme };
};
