import { type ConfigNode, childNodes, type ScalarNode } from "#language/sidecar/config-node.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { type ConfigRule, entriesAt, type RuleFinding, textAt } from "#language/sidecar/rules/config-rule.ts";
import { keyEntryAt } from "#language/sidecar/schema-words.ts";
import { secretHeader, secretVariable } from "#language/sidecar/secret-names.ts";
import { findVariables } from "#language/sidecar/variables.ts";
import type { YamlFix } from "#language/sidecar/yaml-problem.ts";
import { findSecrets, isSecretName } from "#language/text-checks/secrets.ts";

/** Keys and passwords in clear text, wherever they stand. */
export const clearSecrets: ConfigRule = function* ({ document, context }) {
  if (!document.root) return;
  for (const { path, node } of texts(document.root, [])) {
    if (isSandboxVariable(path)) continue;
    const secret = secretIn(path, node);
    if (secret === undefined) continue;
    yield {
      start: node.start,
      end: node.end,
      code: "config-secret-in-text",
      ...(context.isOwn && { severity: "information" as const }),
      message: `This looks like ${secret}. Write \`\${NAME}\` with the name of an environment variable, and replace the key if anybody else has seen this file.`,
      fixes: variableFix(path, node),
    };
  }
};

/** Secrets that the sandbox, or an MCP server beside the procedure, would get. */
export const secretsInside: ConfigRule = function* ({ document }) {
  for (const { name } of entriesAt(document, ["sandbox", "env"])) {
    const placed = textAt(document, ["sandbox", "env", name]);
    const secret = placed && secretOf(name, placed.text);
    if (placed && secret !== undefined)
      yield {
        ...placed.node,
        code: "config-secret-in-sandbox",
        message: `${secret} would be readable for the procedure and everything in the sandbox. Declare what needs it as a host tool, with its variable under \`env\`.`,
      };
  }
  for (const { name: server } of entriesAt(document, ["mcp_servers"])) yield* ofServer(server);

  function* ofServer(server: string): Generator<RuleFinding> {
    if (textAt(document, ["mcp_servers", server, "placement"])?.text === "host") return;
    for (const { name } of entriesAt(document, ["mcp_servers", server, "env"])) {
      const placed = textAt(document, ["mcp_servers", server, "env", name]);
      if (!placed || !findVariables(placed.text).some((use) => secretVariable.test(use.name))) continue;
      yield {
        ...placed.node,
        code: "config-secret-in-sandbox",
        message: `"${server}" runs in the procedure's own zone: the secret is as safe there as the procedure is. With \`placement: host\` in your own config it stays outside.`,
      };
    }
  }
};

/** What a variable of the sandbox would give away, as the start of a sentence. */
function secretOf(name: string, text: string): string | undefined {
  const variable = findVariables(text).find((use) => secretVariable.test(use.name));
  if (variable) return `The value of \${${variable.name}}`;
  return findSecrets(text, name).length > 0 ? "What looks like a key" : undefined;
}

/** Those have a finding of their own. */
function isSandboxVariable(path: ConfigPath): boolean {
  return path[0] === "sandbox" && path[1] === "env" && path.length === 3;
}

/** What a text seems to be. Where keys belong any long word counts, elsewhere only what looks like one. */
function secretIn(path: ConfigPath, node: ScalarNode & { readonly value: string }): string | undefined {
  const { value } = node;
  if (value.includes("${")) return undefined;
  const name = String(path.findLast((step) => typeof step === "string") ?? "");
  const [found] = findSecrets(value, isHeader(path) && secretHeader.test(name) ? "api_key" : name);
  if (found) return found.kind;
  const isLikely = value.length >= 12 && !/\s/.test(value);
  return isLikely && keyEntryAt(path)?.isSecret ? "a key" : undefined;
}

function isHeader(path: ConfigPath): boolean {
  return path.at(-2) === "headers" && ["providers", "mcp_servers", "host_tools"].includes(String(path[0]));
}

/** Takes the usual variable of the place, or one made of the key's name. */
function variableFix(path: ConfigPath, node: ScalarNode): YamlFix[] {
  const shown = keyEntryAt(path)?.examples?.[0];
  const name = String(path.at(-1)).toUpperCase();
  const usual = typeof shown === "string" && /^\$\{\w+\}$/.test(shown) ? shown : undefined;
  const made = isSecretName(name) && /^[A-Z_]\w*$/.test(name) ? `\${${name}}` : undefined;
  const text = usual ?? made;
  if (text === undefined) return [];
  return [
    {
      title: `Replace with "${text}"`,
      edits: [{ start: node.start, end: node.end, text: `"${text}"` }],
      isPreferred: true,
    },
  ];
}

/** Every text of the document with its path. */
function* texts(
  node: ConfigNode,
  path: ConfigPath,
): Generator<{ path: ConfigPath; node: ScalarNode & { readonly value: string } }> {
  if (node.kind === "scalar" && typeof node.value === "string")
    yield { path, node: { ...node, value: node.value } };
  for (const child of childNodes(node)) yield* texts(child.node, [...path, child.step]);
}
