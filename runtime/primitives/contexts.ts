import type { LuaFunction, LuaTable } from "#lua/engine.ts";
import type { At } from "#protocol/events/events.ts";
import type { RunContext } from "../declarations/run-context.ts";
import { isTable } from "../vm/arguments.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";

/** Declarations of the context engine: the global, the kind of its handles, and where they are kept. */
const kinds = [
  ["Context", "context", "contexts"],
  ["Corpus", "corpus", "corpora"],
  ["Retriever", "retriever", "retrievers"],
  ["Compactor", "compactor", "compactors"],
] as const;

type ContextGlobal = (typeof kinds)[number][0];

/** Parts of `Context {messages = {…}}`: plain data. */
const directives = ["system", "user", "assistant", "context", "history"] as const;

/** `Context {…}`, `Corpus {…}`, `Retriever {…}`, `Compactor {…}`, and the parts of contexts. */
export function contextDeclarations(context: RunContext): Readonly<Record<string, LuaFunction>> {
  const { vm } = context;
  const declaring = kinds.map(([global]) => [
    global,
    vm.function(global, (args) => {
      const config = args.value(1);
      if (isTable(config)) return declareContextPart(context, { global, config, at: args.at });
      throw new ProcedureFailure(
        "declaration-invalid",
        typeof config === "string"
          ? `Curried ${global} syntax is not supported: write ${config} = ${global} {…}.`
          : `${global} requires a configuration table: ${global} {…}.`,
      );
    }),
  ]);
  const parts = directives.map((name) => [
    name,
    vm.function(name, (args) => vm.table({ directive: name, value: args.value(1), options: args.value(2) })),
  ]);
  const template = vm.function("template", (args) =>
    vm.table({ directive: "template", value: args.text(1), options: args.optionalTable(2) }),
  );
  return { ...Object.fromEntries([...declaring, ...parts]), template };
}

interface ContextPart {
  readonly global: ContextGlobal;
  readonly config: LuaTable;
  readonly at: At | undefined;
}

/** Registers one and gives its handle. */
function declareContextPart(
  { contexts, decoder, handles }: RunContext,
  { global, config, at }: ContextPart,
): LuaTable {
  const [, kind, kept] = kinds.find(([known]) => known === global) ?? kinds[0];
  const given = config.get("name");
  const name = typeof given === "string" ? given : undefined;
  const handle = handles.create({ kind, name, at });
  contexts[kept].add(handle, decoder.decode(config, global));
  return handle.table;
}
