import type { KnownText } from "#language/manifest/sources/constant-values.ts";
import { textOf } from "#language/manifest/sources/constant-values.ts";
import { parentsOf } from "#language/manifest/sources/parents.ts";
import { beside, type Placed } from "#language/manifest/sources/placed.ts";
import { usesOfGlobal } from "#language/manifest/sources/program.ts";
import { resolveModelName } from "#vocabulary/model-name.ts";
import type { Reading } from "./reading.ts";

/** What a declaration says of its model. */
export interface StatedModel {
  readonly provider: KnownText;
  readonly model: KnownText;
}

/** What counts where a declaration names no model. */
interface ModelPreset {
  /** A model of its own, whatever the file sets. */
  readonly own?: string | undefined;
  /** What counts where neither the file nor the config sets one. */
  readonly usual?: { readonly provider: string; readonly model: string };
}

/** A setting of the file, where it is set. */
interface SetValue {
  readonly value: KnownText;
  readonly place: Placed;
}

/** Which models are asked, as the broker is asked for them: `openai/gpt-4o`. */
export class ModelTargets {
  readonly #reading: Reading;
  readonly #providers: readonly SetValue[];
  readonly #models: readonly SetValue[];

  constructor(reading: Reading) {
    this.#reading = reading;
    this.#providers = this.#settings("default_provider");
    this.#models = this.#settings("default_model");
  }

  /** Every model that may be meant; undefined where only a run can know. */
  of(stated: StatedModel, place: Placed, preset: ModelPreset = {}): readonly (string | undefined)[] {
    const { config } = this.#reading;
    const { own, usual = usualModel } = preset;
    const models =
      own !== undefined && stated.model.kind === "absent"
        ? [own]
        : this.#candidates(stated.model, this.#models, place, config.defaultModel ?? usual.model);
    const providers =
      stated.provider.kind === "absent"
        ? this.#candidates(stated.provider, this.#providers, place, config.defaultProvider ?? usual.provider)
        : [stated.provider.kind === "text" ? stated.provider.text : undefined];
    const isStated = stated.provider.kind !== "absent";
    const targets = models.flatMap((model) =>
      providers.map((provider) => targetOf(model, provider, isStated)),
    );
    return [...new Set(targets)];
  }

  /** What is stated; else what the file sets, wherever that is; else `preset`. */
  #candidates(
    stated: KnownText,
    set: readonly SetValue[],
    place: Placed,
    preset: string,
  ): readonly (string | undefined)[] {
    if (stated.kind === "text") return [stated.text];
    if (stated.kind === "dynamic") return [undefined];
    const inForce = inForceAt(set, place);
    return inForce ? inForce.map(textIn) : [...set.map(textIn), preset];
  }

  #settings(name: string): readonly SetValue[] {
    const { globals } = this.#reading;
    const called = usesOfGlobal(name, globals).map((use): SetValue => {
      const [value] = use.kind === "call" && use.form !== "method" ? use.arguments : [];
      return {
        place: use.place,
        value: value ? textOf(beside(use.place, value), globals) : { kind: "dynamic" },
      };
    });
    const assigned = globals.writes(name).map(
      ({ place, value }): SetValue => ({
        place,
        value: value ? textOf(value, globals) : { kind: "dynamic" },
      }),
    );
    return [...called, ...assigned];
  }
}

/** The model of an agent that names none, in a file that sets none. */
const usualModel = { provider: "", model: "gpt-4o" };

function textIn({ value }: SetValue): string | undefined {
  return value.kind === "text" ? value.text : undefined;
}

/**
 * The settings that may be in force at a place: the last one before it, and for what happens later the ones behind it
 * too. Undefined when not all of them stand in the outermost block of the same file: their order is not that of the text
 * then.
 */
function inForceAt(set: readonly SetValue[], place: Placed): readonly SetValue[] | undefined {
  if (!set.every((one) => one.place.source === place.source && isOutermost(one.place))) return undefined;
  const before = set.findLast((one) => one.place.model.index < place.model.index);
  if (!before) return undefined;
  const later = isInFunction(place) ? set.filter((one) => one.place.model.index > place.model.index) : [];
  return [before, ...later];
}

/** `default_model("x")` or `default_model = "x"` as a statement of the file itself. */
function isOutermost({ model, node }: Placed): boolean {
  const { node: top } = model.top;
  if (top.kind === "CallStatement") return top.call === node;
  return top.kind === "Assignment" && top.targets.some((target) => target === node);
}

function isInFunction({ model, node }: Placed): boolean {
  const parents = parentsOf(model.top);
  for (let parent = parents.get(node); parent; parent = parents.get(parent))
    if (parent.kind === "FunctionBody") return true;
  return false;
}

function targetOf(
  model: string | undefined,
  provider: string | undefined,
  isStated: boolean,
): string | undefined {
  if (model === undefined || (isStated && provider === undefined)) return undefined;
  const resolved = resolveModelName(model, isStated ? provider : undefined, provider);
  if (resolved.provider === undefined) return undefined;
  return resolved.provider === "" ? resolved.model : `${resolved.provider}/${resolved.model}`;
}
