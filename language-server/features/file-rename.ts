import type { RenameFilesParams, TextEdit, WorkspaceEdit } from "vscode-languageserver";
import { moduleNameFor } from "#language/project/modules.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import type { WorkspaceFeature } from "../feature.ts";

/** What `require` must name when a file or a folder is moved; shown before it is. */
export const willRenameFiles: WorkspaceFeature<RenameFilesParams, WorkspaceEdit | null> = {
  method: "workspace/willRenameFiles",
  capabilities: () => ({
    workspace: {
      fileOperations: {
        willRename: {
          filters: [
            { scheme: "file", pattern: { glob: "**/*.tac", matches: "file" } },
            { scheme: "file", pattern: { glob: "**", matches: "folder" } },
          ],
        },
      },
    },
  }),
  workspace: async (context, { files }) => {
    const changes: Record<string, TextEdit[]> = {};
    const moved = (uri: string): string => {
      for (const { oldUri, newUri } of files) {
        if (uri === oldUri) return newUri;
        if (uri.startsWith(`${oldUri}/`)) return newUri + uri.slice(oldUri.length);
      }
      return uri;
    };
    for (const uri of context.project.procedureUris()) {
      await context.pause();
      const file = context.project.procedure(uri);
      const positions = context.positionsOf(uri);
      if (!file || !positions) continue;
      for (const { name, model, text } of requiredModules(file)) {
        const target = context.project.module(uri, name);
        if (target.kind !== "file" || (moved(target.uri) === target.uri && moved(uri) === uri)) continue;
        const newText = moduleNameFor(moved(uri), moved(target.uri), name);
        if (newText === undefined || newText === name) continue;
        const edits = changes[uri] ?? [];
        edits.push({ range: positions.range(text.content, model.offset), newText });
        changes[uri] = edits;
      }
    }
    return Object.keys(changes).length > 0 ? { changes } : null;
  },
};
