import type { ModuleSource } from "#language/declarations/evaluated-declarations.ts";
import { moduleCandidates } from "#language/project/modules.ts";
import { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";

/** More modules than this are not read for one file. */
const mostModules = 200;

type ReadFile = (uri: string) => Promise<string | undefined>;

/**
 * Sources of the modules that a file requires, by whatever way, by the names that `require` is given. All are looked
 * for around the file itself, as in a run. Modules that are not there are left out.
 */
export async function moduleSources(
  uri: string,
  text: string,
  readFile: ReadFile,
): Promise<Readonly<Record<string, ModuleSource>>> {
  const sources = new Map<string, ModuleSource>();
  const asked = new Set<string>();
  const waiting: ModuleSource[] = [{ uri, text }];
  for (const source of waiting) {
    for (const name of requiredNames(source)) {
      if (asked.has(name) || asked.size >= mostModules) continue;
      asked.add(name);
      const module = await firstOf(moduleCandidates(uri, name), readFile);
      if (!module) continue;
      sources.set(name, module);
      waiting.push(module);
    }
  }
  return Object.fromEntries(sources);
}

function requiredNames({ uri, text }: ModuleSource): readonly string[] {
  const file = new ProcedureFile(uri, text, {
    moduleType: () => undefined,
    globalOfModules: () => undefined,
  });
  return requiredModules(file).map(({ name }) => name);
}

async function firstOf(candidates: readonly string[], readFile: ReadFile): Promise<ModuleSource | undefined> {
  for (const uri of candidates) {
    const text = await readFile(uri);
    if (text !== undefined) return { uri, text };
  }
  return undefined;
}
