import type { Position } from "vscode-languageserver";
import { configKindOf } from "#language/sidecar/config-kind.ts";
import type { ProcedureFacts } from "#language/sidecar/procedure-facts.ts";
import { parseYamlDocument, type YamlDocument } from "#language/sidecar/yaml-document.ts";
import { Positions } from "../../positions.ts";
import type { YamlContext, YamlLayer } from "../yaml-context.ts";

/** A document with a cursor, the files around it, and what a feature may ask for. */
export interface YamlDesk {
  readonly document: YamlDocument;
  /** Of the mark `‸`, or the start. */
  readonly position: Position;
  readonly context: YamlContext;
}

/** Lays out files, the weakest first, and opens the last one; `~/…` files are a person's own. */
export function yamlDesk(
  files: Readonly<Record<string, string>> | string,
  more: Partial<YamlContext> = {},
): YamlDesk {
  const named = typeof files === "string" ? { "flows/a.tac.yml": files } : files;
  const layers = Object.entries(named).map(([name, marked]) => layerOf(name, marked.replace("‸", "")));
  const opened = layers.at(-1);
  if (!opened) throw new Error("There is no file.");
  const mark = Object.values(named).at(-1)?.indexOf("‸") ?? -1;
  const { uri, kind, positions, document } = opened;
  return {
    document,
    position: positions.positionAt(Math.max(0, mark)),
    context: { uri, kind, positions, layers, hasSnippets: true, ...more },
  };
}

function layerOf(name: string, text: string): YamlLayer {
  const document = parseYamlDocument(text);
  const isOwn = name.startsWith("~/");
  return {
    uri: isOwn ? `file:///home/ada${name.slice(1)}` : `file:///work/${name}`,
    name,
    document,
    kind: configKindOf(name),
    isOwn,
    positions: new Positions(text, document.lines, "utf-16"),
  };
}

/** A procedure with inputs, a toolset and needs. */
export const sampleProcedure: ProcedureFacts = {
  file: "flows/a.tac",
  inputs: [
    {
      name: "topic",
      type: "string",
      required: true,
      description: "What to write about.",
      range: { start: { line: 4, character: 4 }, end: { line: 4, character: 9 } },
    },
    {
      name: "tone",
      type: "string",
      required: false,
      description: "",
      range: { start: { line: 5, character: 4 }, end: { line: 5, character: 8 } },
      values: ["dry", "warm"],
      default: "dry",
    },
    {
      name: "draft",
      type: "boolean",
      required: false,
      description: "",
      range: { start: { line: 6, character: 4 }, end: { line: 6, character: 9 } },
    },
  ],
  tools: ["search"],
  toolsets: ["research"],
  agents: ["writer"],
  needs: [
    {
      kind: "host tool",
      name: "git.log",
      range: { start: { line: 9, character: 2 }, end: { line: 9, character: 9 } },
    },
    {
      kind: "MCP server",
      name: "files",
      range: { start: { line: 10, character: 2 }, end: { line: 10, character: 7 } },
    },
  ],
};
