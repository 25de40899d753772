import type { ConfigPath } from "#language/sidecar/config-path.ts";
import {
  knownHostTools,
  knownProviders,
  knownToolsets,
  pluginToolset,
} from "#language/sidecar/known-names.ts";
import {
  type ConfigRule,
  entriesAt,
  type PlacedText,
  type RuleFinding,
  type RuleSubject,
  textAt,
  textsAt,
} from "#language/sidecar/rules/config-rule.ts";
import { nearestName } from "#language/text-checks/nearest-name.ts";

/** Names of providers, toolsets and host tools that nothing defines. */
export const unknownNames: ConfigRule = function* (subject) {
  const { document, context } = subject;
  const { others, procedure } = context;
  const sources = { documents: [document], ...(others && { others }), ...(procedure && { procedure }) };
  const provider = textAt(document, ["default_provider"]);
  if (provider) yield* unknown(provider, "provider", knownProviders(sources), { isSure: hasAll(subject) });
  const isKnown = context.procedure !== undefined && hasAll(subject);
  for (const placed of textsAt(document, ["default_toolsets"]))
    yield* unknown(placed, "toolset", knownToolsets(sources), { isSure: isKnown });
  for (const placed of textsAt(document, ["host_tools", "allow"]))
    yield* unknown(placed, "host tool", knownHostTools(sources), { isSure: context.isOwn === true });
};

/** Without the other layers only what looks like a slip is told. */
function hasAll({ context }: RuleSubject): boolean {
  return context.others !== undefined;
}

/** A slip is told wherever there is a near name; a name like no other only where all that define names are known. */
function* unknown(
  { text, node }: PlacedText,
  what: string,
  known: ReadonlySet<string>,
  { isSure }: { readonly isSure: boolean },
): Generator<RuleFinding> {
  if (known.has(text) || text.includes("${")) return;
  const nearest = nearestName(text, known);
  if (nearest === undefined && !isSure) return;
  const hint = nearest === undefined ? "" : ` Did you mean "${nearest}"?`;
  yield {
    ...node,
    code: "config-name-unknown",
    ...(!isSure && { severity: "information" as const }),
    message: `Nothing defines the ${what} "${text}".${hint}`,
    ...(nearest !== undefined && {
      fixes: [
        {
          title: `Replace with "${nearest}"`,
          edits: [{ start: node.start, end: node.end, text: nearest }],
          isPreferred: true,
        },
      ],
    }),
  };
}

/** Keys that only a person's own config may set. */
export const leftOutKeys: ConfigRule = function* ({ document, context }) {
  if (context.isOwn) return;
  const paths: ConfigPath[] = [
    ["sandbox", "image"],
    ["host_tools", "tools"],
    ...entriesAt(document, ["providers"]).map(({ name }) => ["providers", name, "api_key_env"]),
  ];
  for (const path of paths) {
    if (document.nodeAt(path) === undefined) continue;
    yield {
      ...document.keySpan(path),
      code: "config-key-left-out",
      message: `Only your own config (~/.tactus/config.yml) may set "${path.join(".")}": from a folder it is left out, grant or not.`,
      tags: ["unnecessary"],
    };
  }
};

/** `plugin` is the toolset of all plugin tools; a config that names it needs some. */
export const emptyPluginToolset: ConfigRule = function* ({ document, context }) {
  const others = context.others ?? [];
  const hasPlugins =
    textsAt(document, ["tool_paths"]).length > 0 ||
    others.some((other) => (other.tool_paths ?? []).length > 0);
  if (hasPlugins || context.others === undefined) return;
  for (const { text, node } of textsAt(document, ["default_toolsets"])) {
    if (text !== pluginToolset) continue;
    yield {
      ...node,
      code: "config-name-unknown",
      message: "The toolset `plugin` is empty: no `tool_paths` are given.",
    };
  }
};
