import type { Result } from "#common/result.ts";
import type { MockBook } from "../mocks/mock-book.ts";
import type { RuntimePorts } from "../ports.ts";
import type { Decoded } from "../schema/decoded.ts";
import type { Handle } from "../vm/handles.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { WorkspaceFiles } from "../workspace/workspace-files.ts";
import { type AssembledTurn, ContextAssembler, type TurnParts } from "./context-assembler.ts";
import { parseContext } from "./parse-context.ts";
import { parseCompactor, parseCorpus, parseRetriever } from "./parse-retrieval.ts";
import { Retrievals } from "./retrievals.ts";

interface Declared {
  readonly handle: Handle;
  readonly config: Decoded;
}

/** What is declared of one kind; read when it is first needed, since variables give the names. */
class DeclaredKind<Definition> {
  readonly #parse: (name: string, config: Decoded) => Result<Definition, readonly string[]>;
  readonly #declared: Declared[] = [];
  readonly #read = new Map<Declared, Definition>();

  constructor(parse: (name: string, config: Decoded) => Result<Definition, readonly string[]>) {
    this.#parse = parse;
  }

  add(handle: Handle, config: Decoded): void {
    this.#declared.push({ handle, config });
  }

  find(name: string): Definition | undefined {
    const declared = this.#declared.findLast(({ handle }) => handle.name === name);
    return declared && this.#definition(declared);
  }

  all(): readonly Definition[] {
    return this.#declared.map((declared) => this.#definition(declared));
  }

  names(): readonly string[] {
    return this.#declared.map(({ handle }) => handle.name);
  }

  #definition(declared: Declared): Definition {
    const known = this.#read.get(declared);
    if (known) return known;
    const { handle, config } = declared;
    const definition = this.#parse(handle.name, config);
    if (!definition.ok) {
      throw new ProcedureFailure("declaration-invalid", definition.error.join("\n"), handle.at);
    }
    this.#read.set(declared, definition.value);
    return definition.value;
  }
}

/** The contexts of a file, and what they draw from. */
export class ContextRegistry {
  readonly contexts = new DeclaredKind(parseContext);
  readonly corpora = new DeclaredKind(parseCorpus);
  readonly retrievers = new DeclaredKind(parseRetriever);
  readonly compactors = new DeclaredKind(parseCompactor);
  readonly #retrievals: Retrievals;
  readonly #assembler: ContextAssembler;

  /** `file`: the procedure; folders of corpora are seen from its own. */
  constructor(ports: Pick<RuntimePorts, "request">, file: string, mocks: MockBook) {
    this.#retrievals = new Retrievals({
      files: new WorkspaceFiles(ports, file),
      mocks,
      corpus: (name) => this.corpora.find(name),
    });
    this.#assembler = new ContextAssembler({
      retrievals: this.#retrievals,
      retriever: (name) => this.retrievers.find(name),
      context: (name) => this.contexts.find(name),
      compactor: (name) => this.compactors.find(name),
    });
  }

  /** Reads all declarations, so that what is wrong with them is said before anything runs. */
  check(): void {
    for (const kind of [this.contexts, this.corpora, this.retrievers, this.compactors]) kind.all();
  }

  /** The prompt of a turn by the context of that name. Throws ProcedureFailure. */
  assemble(name: string, turn: TurnParts): AssembledTurn {
    const context = this.contexts.find(name);
    if (!context) throw new ProcedureFailure("declaration-invalid", `There is no context '${name}'.`);
    return this.#assembler.assemble(context, turn);
  }

  /** Reads a corpus, or all; how many passages each has. */
  extract(name?: string): Readonly<Record<string, number>> {
    const names = this.corpora.names().filter((corpus) => name === undefined || corpus === name);
    return Object.fromEntries(names.map((corpus) => [corpus, this.#retrievals.index(corpus).size]));
  }

  /** Builds the index of a retriever, or of all; how many passages each has. */
  index(name?: string): Readonly<Record<string, number>> {
    const retrievers = this.retrievers
      .all()
      .filter((retriever) => name === undefined || retriever.name === name);
    return Object.fromEntries(
      retrievers.map((retriever) => [retriever.name, this.#retrievals.index(retriever.corpus).size]),
    );
  }
}
