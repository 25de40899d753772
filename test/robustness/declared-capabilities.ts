import { requestKinds } from "./request-kinds.ts";

/** Capabilities that describe others and bring no request of their own, nor does what is below them. */
const descriptions: readonly string[] = [
  "positionEncoding",
  "textDocumentSync",
  "completionProvider.completionItem",
  "diagnosticProvider.interFileDependencies",
  "semanticTokensProvider.legend",
  "workspace.workspaceFolders",
];

/** Capabilities that only hold others. */
const groups: readonly string[] = ["semanticTokensProvider", "workspace", "workspace.fileOperations"];

/** How deep requests are declared: `workspace.fileOperations.willRename`. */
const deepest = 3;

/** Every path of a server's capabilities that promises an answer to a request. */
export function declaredCapabilities(capabilities: object): string[] {
  return [...paths(capabilities, [])].filter((path) => !isDescription(path)).sort();
}

/** Declared capabilities that no entry of the request table asks. */
export function untestedCapabilities(capabilities: object): string[] {
  const tested = new Set(
    requestKinds.flatMap(({ capability, followUps = [] }) => [
      capability,
      ...followUps.map((followUp) => followUp.capability),
    ]),
  );
  return declaredCapabilities(capabilities).filter((path) => !tested.has(path));
}

function isDescription(path: string): boolean {
  return (
    groups.includes(path) ||
    path.endsWith(".workDoneProgress") ||
    descriptions.some((known) => `${path}.`.startsWith(`${known}.`))
  );
}

function* paths(value: object, above: readonly string[]): Generator<string> {
  for (const [name, inner] of Object.entries(value)) {
    const path = [...above, name];
    if (inner === true || isRecord(inner)) yield path.join(".");
    if (isRecord(inner) && path.length < deepest) yield* paths(inner, path);
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
