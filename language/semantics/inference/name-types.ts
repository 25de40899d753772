import { fileClasses } from "#language/semantics/inference/class-types.ts";
import type { Inference, PlacedSite } from "#language/semantics/inference/inference.ts";
import { Inferred } from "#language/semantics/inference/inferred.ts";
import { handleType, typeOfWord } from "#language/semantics/inference/vocabulary-types.ts";
import { type Schema, typeOfSchema } from "#language/semantics/schema.ts";
import { openTable, type Type, unionOf, unknownType } from "#language/semantics/types.ts";

/** Types of names that a statement does not bind itself: locals of earlier statements, globals, words of the language. */
export class NameTypes {
  readonly #inference: Inference;
  readonly #globals: Inferred<string, Type | undefined>;
  #sites: KnownSites | undefined;
  #stateType: Type | undefined;
  #classes: ReadonlyMap<string, Type> | undefined;

  constructor(inference: Inference) {
    this.#inference = inference;
    this.#globals = new Inferred(inference.depth, unknownType);
  }

  typeOf(name: string, index: number): Type {
    const { file } = this.#inference;
    const local = file.names.topLocal(name, index);
    if (local) return this.#inference.typeOfBinding(local.model, local.binding);
    return this.globalType(name) ?? unknownType;
  }

  /** The type of a global; undefined when nothing is known by that name. */
  globalType(name: string): Type | undefined {
    if (this.#globals.has(name)) return this.#globals.known(name);
    return this.#globals.find(name, () => this.#findGlobal(name));
  }

  /** What was declared under a name, in this file. */
  declared(kind: string, name: string): Type | undefined {
    const placed = this.siteOf(kind, name);
    return placed && this.#inference.handleTypeOf(placed.model, placed.site);
  }

  /** A class or an alias that a comment of the file describes. */
  classType(name: string): Type | undefined {
    this.#classes ??= fileClasses(this.#inference.file);
    return this.#classes.get(name);
  }

  /** Every declaration of the file, in text order. */
  sites(): readonly PlacedSite[] {
    return this.#allSites().list;
  }

  siteOfHandle(type: Type): PlacedSite | undefined {
    const place = type.kind === "handle" ? type.place : undefined;
    const model = place && this.#inference.file.models[place.statement.index];
    if (!place || model !== place.statement) return undefined;
    const site = model.sites.find(({ name }) => name?.span.start === place.span.start);
    return site && { model, site };
  }

  siteOf(kind: string, name: string): PlacedSite | undefined {
    return this.#allSites().byName.get(`${kind} ${name}`);
  }

  /** The fields of the state, as the procedures of the file declare them. */
  stateType(): Type {
    this.#stateType ??= this.#schemasOf("state");
    return this.#stateType;
  }

  #findGlobal(name: string): Type | undefined {
    const { file } = this.#inference;
    const writes = file.names.globalWrites(name);
    if (writes.length > 0) {
      const types = writes
        .slice(0, 8)
        .map(({ model, write }) => this.#inference.written(model, write.value ?? {}, name));
      const fields = file.names.fieldWrites(name).map(({ model, write }) => [model, write] as const);
      return this.#inference.withFields(unionOf(types), fields);
    }
    if (name === "input") return this.#schemasOf("input");
    if (name === "state") return this.stateType();
    return (
      typeOfWord(name) ??
      this.declared("Procedure", name) ??
      this.#evaluated(name) ??
      file.globalOfModules(name)
    );
  }

  /** What a loop or a helper function declared under a name. */
  #evaluated(name: string): Type | undefined {
    const kind = this.#inference.file.evaluatedKind(name);
    const handle = kind === undefined ? undefined : handleType(kind);
    return handle && { ...handle, name };
  }

  /** All fields of that kind that the file declares: by its procedures, and at the top of a script. */
  #schemasOf(field: "input" | "state"): Type {
    const declared = this.#allSites()
      .list.filter(({ site }) => site.kind === "Procedure")
      .map(({ model, site }) => this.#inference.schemaOf(model, site, field));
    const schemas = [...declared, ...this.scriptSchemas(field)].filter((schema) => schema !== undefined);
    if (schemas.length === 0) return openTable;
    const fields = schemas.flatMap((schema) => schema.fields);
    return typeOfSchema({ fields, isOpen: field === "state" || schemas.some(({ isOpen }) => isOpen) });
  }

  /** `input {…}` and `output {…}` at the top of a file (language.md §1.3). */
  scriptSchemas(field: string): Schema[] {
    return this.#inference.file.models.flatMap((model) => {
      const call = model.top.node.kind === "CallStatement" ? model.top.node.call : undefined;
      if (call?.kind !== "CallExpression" || call.callee.kind !== "NameExpression") return [];
      const schema =
        call.callee.text === field ? this.#inference.readSchema(model, call.arguments[0]) : undefined;
      return schema ? [schema] : [];
    });
  }

  /** Every declaration, and each that has a name under its kind and name; of two with one name the later counts. */
  #allSites(): KnownSites {
    if (this.#sites) return this.#sites;
    const list: PlacedSite[] = [];
    const byName = new Map<string, PlacedSite>();
    for (const model of this.#inference.file.models) {
      for (const site of model.sites) {
        list.push({ model, site });
        byName.set(`${site.kind} ${site.name?.text ?? "main"}`, { model, site });
      }
    }
    this.#sites = { list, byName };
    return this.#sites;
  }
}

interface KnownSites {
  readonly list: readonly PlacedSite[];
  readonly byName: ReadonlyMap<string, PlacedSite>;
}
