import { inlineCode, shortCode } from "#language/semantics/markdown.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { keyEntryAt, placeKindAt } from "#language/sidecar/schema-words.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { ConfigOrigin, EffectiveConfig, EffectiveValue } from "#protocol/editor/effective-config.ts";
import { yamlEffectiveConfig } from "./effective-config.ts";
import type { YamlContext } from "./yaml-context.ts";

/** Which of the layered files wins at a key, and what its value is in the end. */
export function layeredText(
  path: ConfigPath,
  document: YamlDocument,
  context: YamlContext,
): string | undefined {
  const isBranch = ["mapping", "names"].includes(placeKindAt(path, context.kind) ?? "");
  if (!context.layers || keyEntryAt(path)?.withoutEffect !== undefined || isBranch) return undefined;
  const effective = yamlEffectiveConfig(context);
  if (effective.problems.length > 0)
    return `Nothing starts with these files: ${shortCode(effective.problems[0]?.message ?? "", 200)}`;
  const here = nameOf(context);
  const line = document.lineOf(path);
  const isHere = (origin: ConfigOrigin): boolean => origin.file === here && origin.line === line;
  const lines = [...valueLines(effective, path, isHere), ...withheldLines(effective, path, here, isHere)];
  return lines.length === 0 ? undefined : lines.join("  \n");
}

function nameOf({ layers = [], uri }: YamlContext): string | undefined {
  return layers.find((layer) => layer.uri === uri)?.name;
}

type IsHere = (origin: ConfigOrigin) => boolean;

/** Of lists every item counts: what stands in several files adds up. */
function* valueLines(effective: EffectiveConfig, path: ConfigPath, isHere: IsHere): Generator<string> {
  const values = effective.values.filter((value) => keysOf(value.path) === keysOf(path));
  const [only] = values;
  if (!only) return;
  if (!only.path.some((step) => typeof step === "number")) {
    yield `In the end: ${inlineCode(shown(only.value))}, ${originText(only, isHere)}.`;
    for (const over of only.overrides)
      yield `It wins over ${inlineCode(shown(over.value))} ${placeText(over, isHere)}.`;
    return;
  }
  yield `In the end ${values.length === 1 ? "one item" : `${values.length} items`}:`;
  for (const value of values.slice(0, 10))
    yield `${inlineCode(shown(value.value))}, ${originText(value, isHere)}`;
}

/** A server or a provider is given or left out as a whole. */
function* withheldLines(
  { withheld }: EffectiveConfig,
  path: ConfigPath,
  here: string | undefined,
  isHere: IsHere,
): Generator<string> {
  for (const each of withheld) {
    const isWhole = each.file === here && each.path.every((step, index) => step === path[index]);
    if (!isWhole && keysOf(each.path) !== keysOf(path)) continue;
    const why = each.needs === "grant" ? "it needs a grant" : "only your own config may ask for it";
    yield `${inlineCode(shown(each.value))} ${placeText(each, isHere)} is left out: ${why}.`;
  }
}

/** The path without places in lists. */
function keysOf(path: ConfigPath): string {
  return path.filter((step) => typeof step === "string").join(".");
}

function originText({ origin }: EffectiveValue, isHere: IsHere): string {
  return origin ? `from ${isHere(origin) ? "this line" : placeName(origin)}` : "the default";
}

function placeText(origin: ConfigOrigin, isHere: IsHere): string {
  return isHere(origin) ? "of this line" : `of ${placeName(origin)}`;
}

function placeName({ file, line }: ConfigOrigin): string {
  return shortCode(`${file}:${line}`, 120);
}

function shown(value: EffectiveValue["value"]): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
