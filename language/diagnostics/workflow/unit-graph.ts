import { fieldNames } from "#language/diagnostics/names/field-names.ts";
import type { FileContext } from "#language/diagnostics/rule.ts";
import type { EffectCall } from "#language/diagnostics/workflow/effects.ts";
import { type FileRole, fileRole, isInScript } from "#language/diagnostics/workflow/file-role.ts";
import { type FunctionUnit, toolName, type UnitName } from "#language/diagnostics/workflow/function-units.ts";

/** Which code of a file a run executes outside of turns and checkpoints, and what has an effect. */
export class UnitGraph {
  readonly #units: readonly FunctionUnit[];
  readonly #byName = new Map<UnitName, FunctionUnit[]>();
  readonly #isImpure = new Map<FunctionUnit, boolean>();
  readonly #types: FileContext["types"];
  readonly #role: FileRole;

  /** Of all units of a file. */
  constructor(units: readonly FunctionUnit[], { file, types }: FileContext) {
    this.#types = types;
    this.#units = units;
    for (const unit of this.#units)
      for (const name of unit.names) {
        const units = this.#byName.get(name);
        if (units) units.push(unit);
        else this.#byName.set(name, [unit]);
      }
    this.#role = fileRole(file);
  }

  /** The units that run in the workflow: where it begins, and whatever that calls. */
  workflow(): readonly FunctionUnit[] {
    const reached = new Set(this.#units.filter((unit) => this.#isRoot(unit)));
    for (const unit of reached)
      for (const name of unit.uses)
        for (const used of this.#byName.get(name) ?? []) if (used.runs === "called") reached.add(used);
    return [...reached];
  }

  /** Whether a call does something beside computing. A tool of the file does what its function does. */
  hasEffect({ tool }: EffectCall): boolean {
    if (tool === undefined) return true;
    const bodies = this.#byName.get(toolName(tool));
    if (bodies) return bodies.some((unit) => this.#impure(unit));
    const site = this.#types.siteOf("Tool", tool)?.site;
    return site !== undefined && (fieldNames(site).has("use") || fieldNames(site).has("source"));
  }

  #isRoot({ runs, model, names }: FunctionUnit): boolean {
    if (runs === "load") return isInScript(this.#role, model.offset + model.top.node.start);
    // Without a Procedure a global function `main` is the entry point.
    return (
      runs === "workflow" || (this.#role.kind === "procedure" && runs === "called" && names.includes("main"))
    );
  }

  #impure(unit: FunctionUnit): boolean {
    const known = this.#isImpure.get(unit);
    if (known !== undefined) return known;
    this.#isImpure.set(unit, false);
    const isImpure =
      unit.effects.some((effect) => this.hasEffect(effect)) ||
      [...unit.uses].some((name) =>
        this.#byName.get(name)?.some((used) => used.runs === "called" && this.#impure(used)),
      );
    this.#isImpure.set(unit, isImpure);
    return isImpure;
  }
}
