/** Entry of Monaco's own worker: it compares the two sides of a file. */
import "@codingame/monaco-vscode-editor-api/esm/vs/editor/editor.worker.js";
