import type { DocumentLink } from "vscode-languageserver";
import { entriesAt, type PlacedText, textAt, textsAt } from "#language/sidecar/rules/config-rule.ts";
import { parseVolume } from "#language/sidecar/volume.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { Span } from "#language/syntax/tree.ts";
import { startFolder, type YamlContext } from "./yaml-context.ts";

/** Links from relative paths (plugins, folders of servers, mounts, commands) to what they name. */
export function yamlDocumentLinks(
  document: YamlDocument,
  { uri, positions }: Pick<YamlContext, "uri" | "positions">,
): DocumentLink[] {
  return linkedPaths(document).flatMap(({ text, span }) => {
    const target = targetOf(text, startFolder(uri));
    return target === undefined ? [] : [{ range: positions.range(span), target, tooltip: "Open" }];
  });
}

interface LinkedPath {
  readonly text: string;
  readonly span: Span;
}

function linkedPaths(document: YamlDocument): LinkedPath[] {
  const servers = entriesAt(document, ["mcp_servers"]).map(({ name }) => ["mcp_servers", name]);
  const tools = entriesAt(document, ["host_tools", "tools"]).map(({ name }) => ["host_tools", "tools", name]);
  const folders = servers.flatMap((path) => textAt(document, [...path, "cwd"]) ?? []);
  const commands = [
    ...servers.flatMap((path) => textAt(document, [...path, "command"]) ?? []),
    ...servers.flatMap((path) => textsAt(document, [...path, "args"])),
    ...tools.flatMap((path) => textsAt(document, [...path, "command"])),
  ];
  const paths = [
    ...textsAt(document, ["tool_paths"]),
    ...folders,
    ...commands.filter(({ text }) => isPath(text)),
  ];
  return [
    ...paths.map((placed) => ({ text: placed.text, span: inside(placed) })),
    ...textsAt(document, ["sandbox", "volumes"]).flatMap(hostOf),
  ];
}

/** The host's part of a mount. */
function hostOf(placed: PlacedText): LinkedPath[] {
  const volume = parseVolume(placed.text);
  if (!volume.ok) return [];
  const { start, end } = inside(placed);
  return [{ text: volume.value.host, span: { start, end: Math.min(end, start + volume.value.host.length) } }];
}

/** The text without its quotes. */
function inside({ node }: PlacedText): Span {
  const { start, end, style } = node;
  return style === "quoted" && end - start >= 2 ? { start: start + 1, end: end - 1 } : { start, end };
}

function isPath(text: string): boolean {
  return /^\.{1,2}(\/|$)/.test(text);
}

/** Only relative paths without variables, and never out of the folder: elsewhere is the person's own business. */
function targetOf(text: string, folder: string): string | undefined {
  const path = text.replace(/^\.\//, "").replace(/\/$/, "");
  if (path === "" || path === "." || /[\\$]|\p{Cc}|^[/~]|^[A-Za-z]:/u.test(path)) return undefined;
  if (path.split("/").includes("..")) return undefined;
  return folder + path.toWellFormed().split("/").map(encodeURIComponent).join("/");
}
