import type { Json } from "#common/json.ts";
import { type ConfigPath, valueAt } from "#language/sidecar/config-path.ts";
import { hiddenValue } from "#language/sidecar/hidden-value.ts";
import {
  type ConfigLayer,
  type Decision,
  type ResolutionContext,
  resolveLayers,
} from "#language/sidecar/layers.ts";
import { sortedByVocabulary } from "#language/sidecar/vocabulary-order.ts";
import type {
  ConfigOrigin,
  EffectiveConfig,
  EffectiveValue,
  WithheldValue,
} from "#protocol/editor/effective-config.ts";
import { configKeys } from "#vocabulary/config-keys.ts";

/**
 * What the layers come to, value by value, each with its origin. The weakest layer comes first: system, person,
 * project, the folders down to the procedure, sidecar. It is the same resolution that a run starts with.
 */
export function effectiveConfig(layers: readonly ConfigLayer[], context: ResolutionContext): EffectiveConfig {
  const { decisions, problems } = resolveLayers(layers, context);
  const merged = new MergedValues();
  for (const decision of decisions) if (decision.isGiven) merged.add(decision);
  merged.addDefaults();
  return {
    files: layers.map(({ read, trusted }) => ({ file: read.file, trusted })),
    values: sortedByVocabulary(merged.values()),
    withheld: decisions.filter(({ isGiven }) => !isGiven).map(withheldValue),
    problems: problems
      .filter(({ severity }) => severity === "error")
      .map(({ code, message, file, range }) => ({ code, message, file, line: range.start.line + 1 })),
  };
}

function withheldValue({ setting, layer, needs }: Decision): WithheldValue {
  const { path } = setting;
  return {
    path,
    value: hiddenValue(path, writtenValue(layer, path)),
    file: layer.read.file,
    line: layer.read.lineOf(path),
    needs: needs === "trusted" ? "never" : "grant",
  };
}

/** As it stands in the file: variables are not replaced, so that their values are never shown. */
function writtenValue({ read }: ConfigLayer, path: ConfigPath): unknown {
  return valueAt(read.config, path);
}

/** Lists that each layer adds to; all other values are replaced. */
const growingLists: ReadonlySet<string> = new Set(["tool_paths", "host_tools.allow", "sandbox.volumes"]);

interface Placed {
  readonly path: ConfigPath;
  readonly value: Json;
  readonly origin: ConfigOrigin | null;
  readonly overrides: EffectiveValue["overrides"];
}

/** Lays one decision over the other, as the resolution itself does, and keeps where each value comes from. */
class MergedValues {
  /** The leaves below each setting, by the path of the setting. */
  readonly #settings = new Map<string, readonly Placed[]>();
  readonly #lists = new Map<string, Placed[]>();

  /** What a stronger layer says comes later. */
  add({ setting, layer }: Decision): void {
    const { path } = setting;
    const last = path.at(-1);
    const list = path.slice(0, -1).join(".");
    if (typeof last === "number" && growingLists.has(list)) this.#append(list, path, layer);
    else this.#replace(path, layer);
  }

  /** What holds where no layer says anything. */
  addDefaults(): void {
    for (const { path, default: value, withoutEffect } of configKeys) {
      if (
        value === undefined ||
        withoutEffect !== undefined ||
        path.includes("*") ||
        this.#settings.has(path)
      )
        continue;
      this.#settings.set(path, [{ path: path.split("."), value, origin: null, overrides: [] }]);
    }
  }

  *values(): Generator<EffectiveValue> {
    for (const placed of this.#settings.values()) yield* placed;
    for (const items of this.#lists.values()) {
      for (const [index, item] of items.entries())
        yield { ...item, path: [...item.path.slice(0, -1), index] };
    }
  }

  #append(list: string, path: ConfigPath, layer: ConfigLayer): void {
    const items = this.#lists.get(list) ?? [];
    this.#lists.set(list, items);
    const [item] = leaves(path, layer);
    if (item && !items.some(({ value }) => value === item.value)) items.push({ ...item, overrides: [] });
  }

  /** A server or a provider is replaced as a whole: half of one and half of another would be a third. */
  #replace(path: ConfigPath, layer: ConfigLayer): void {
    const key = path.join(".");
    const earlier = this.#settings.get(key) ?? [];
    const placed = leaves(path, layer).map((leaf) => ({ ...leaf, overrides: overridesOf(leaf, earlier) }));
    this.#settings.set(key, placed);
  }
}

/** What the weaker layers say at the same path. */
function overridesOf(
  { path }: Pick<Placed, "path">,
  earlier: readonly Placed[],
): EffectiveValue["overrides"] {
  const same = earlier.find((other) => other.path.join(".") === path.join("."));
  if (!same?.origin) return [];
  return [...same.overrides, { ...same.origin, value: same.value }];
}

/** Every scalar at or below a path, with its line. */
function leaves(path: ConfigPath, layer: ConfigLayer): Array<Omit<Placed, "overrides">> {
  const value = writtenValue(layer, path);
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((_, index) => leaves([...path, index], layer));
  if (typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0)
    return Object.keys(value).flatMap((key) => leaves([...path, key], layer));
  const origin = { file: layer.read.file, line: layer.read.lineOf(path) };
  return [{ path, value: hiddenValue(path, value), origin }];
}
