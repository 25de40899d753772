import type { JsonObject } from "#common/json.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import { renderTemplate } from "../agents/template.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type {
  CompactorDefinition,
  ContextDefinition,
  Directive,
  DirectiveText,
  Pack,
  RetrieverDefinition,
} from "./context-definition.ts";
import { passagesText, type Retrievals } from "./retrievals.ts";
import { compacted, tokensAllowed, tokensOf } from "./token-budget.ts";

export interface AssemblerOptions {
  readonly retrievals: Retrievals;
  readonly retriever: (name: string) => RetrieverDefinition | undefined;
  readonly context: (name: string) => ContextDefinition | undefined;
  readonly compactor: (name: string) => CompactorDefinition | undefined;
}

/** What an agent's turn brings along. */
export interface TurnParts {
  /** The agent's own prompt, filled. */
  readonly system: string;
  readonly history: readonly ChatMessage[];
  readonly userMessage: string | undefined;
  /** Values for templates. */
  readonly namespaces: JsonObject;
}

/** What is sent in their place. */
export interface AssembledTurn {
  readonly system: string;
  readonly earlier: readonly ChatMessage[];
  readonly userMessage: string | undefined;
}

/** Contexts in contexts in contexts: beyond it one of them contains itself. */
const maximumNesting = 8;

/** Puts the prompt of a turn together from the parts of a context, within its budget. */
export class ContextAssembler {
  readonly #options: AssemblerOptions;

  constructor(options: AssemblerOptions) {
    this.#options = options;
  }

  /** Throws ProcedureFailure for a part that is not declared. */
  assemble(context: ContextDefinition, turn: TurnParts): AssembledTurn {
    const directives = context.directives ?? presetDirectives(context.packs);
    const ownPrompt = context.directives?.some(({ kind }) => kind === "system") ? [] : [turn.system];
    const packs = this.#packTexts(context, directives, turn);
    const system: string[] = ownPrompt.filter((text) => text !== "");
    const earlier: ChatMessage[] = [];
    const last = directives.findLast(({ kind }) => kind !== "system" && kind !== "context");
    for (const directive of directives) {
      if (directive.kind === "history") earlier.push(...turn.history);
      else if (directive.kind === "context") system.push(packs.get(directive) ?? "");
      else if (directive.kind === "system") system.push(filled(directive.content, turn));
      else if (directive !== last || directive.kind === "assistant") earlier.push(message(directive, turn));
    }
    const userMessage = last?.kind === "user" ? filled(last.content, turn) : turn.userMessage;
    return { system: system.filter(Boolean).join("\n\n"), earlier, userMessage };
  }

  /** The texts of the packs: those of higher priority first, each in its share of what the other parts leave. */
  #packTexts(
    context: ContextDefinition,
    directives: readonly Directive[],
    turn: TurnParts,
  ): ReadonlyMap<Directive, string> {
    const packs = directives.flatMap((directive) => (directive.kind === "context" ? [directive] : []));
    const whole = tokensAllowed(context.inputBudget);
    let left = Math.max(0, whole - fixedTokens(directives, turn));
    let weights = packs.reduce((sum, { pack }) => sum + pack.weight, 0);
    const texts = new Map<Directive, string>();
    for (const directive of packs.toSorted((one, other) => other.pack.priority - one.pack.priority)) {
      const { pack } = directive;
      const share = Number.isFinite(left) && weights > 0 ? Math.floor((left * pack.weight) / weights) : left;
      const own = tokensAllowed(
        pack.budget ?? context.packBudget,
        Number.isFinite(whole) ? whole : undefined,
      );
      const text = this.#packText(pack, context, turn, Math.min(share, own));
      texts.set(directive, text);
      left -= tokensOf(text);
      weights -= pack.weight;
    }
    return texts;
  }

  #packText(pack: Pack, context: ContextDefinition, turn: TurnParts, tokens: number, nesting = 0): string {
    const retriever = this.#options.retriever(pack.name);
    const text = retriever
      ? this.#retrieved(retriever, context, turn, tokens)
      : this.#nested(pack, turn, tokens, nesting);
    return compacted(text, tokens, this.#compactorOf(context));
  }

  /** Further pages are fetched while there is room, as far as `expansion` says. */
  #retrieved(
    retriever: RetrieverDefinition,
    { expansion }: ContextDefinition,
    turn: TurnParts,
    tokens: number,
  ): string {
    const question = turn.userMessage ?? "";
    const passages = [];
    for (let page = 0; page < expansion.maximumPages; page++) {
      const found = this.#options.retrievals.find(retriever, question, page);
      passages.push(...found);
      const filling = tokensOf(passagesText(passages, retriever)) / tokens;
      if (found.length === 0 || filling >= expansion.minimumFillRatio) break;
    }
    return passagesText(passages, retriever);
  }

  /** Another context as one text: what it says itself and its packs. */
  #nested(pack: Pack, turn: TurnParts, tokens: number, nesting: number): string {
    const inner = this.#options.context(pack.name);
    if (!inner) {
      throw new ProcedureFailure(
        "declaration-invalid",
        `There is no retriever and no context '${pack.name}'.`,
      );
    }
    if (nesting >= maximumNesting) {
      throw new ProcedureFailure("declaration-invalid", `The context '${pack.name}' contains itself.`);
    }
    const directives = inner.directives ?? presetDirectives(inner.packs);
    const parts = directives.map((directive) => {
      if (directive.kind === "history") return "";
      if (directive.kind !== "context") return filled(directive.content, turn);
      const own = tokensAllowed(directive.pack.budget ?? inner.packBudget);
      return this.#packText(directive.pack, inner, turn, Math.min(tokens, own), nesting + 1);
    });
    return parts.filter(Boolean).join("\n\n");
  }

  #compactorOf({ compactor }: ContextDefinition): CompactorDefinition {
    if (typeof compactor !== "string") return compactor ?? { kind: "truncate" };
    const declared = this.#options.compactor(compactor);
    if (declared) return declared;
    throw new ProcedureFailure("declaration-invalid", `There is no compactor '${compactor}'.`);
  }
}

function presetDirectives(packs: readonly Pack[]): readonly Directive[] {
  return [...packs.map((pack): Directive => ({ kind: "context", pack })), { kind: "history" }];
}

function message(
  { kind, content }: Extract<Directive, { kind: "user" | "assistant" }>,
  turn: TurnParts,
): ChatMessage {
  const text = filled(content, turn);
  return kind === "user" ? { role: "user", text } : { role: "assistant", text, toolCalls: [] };
}

function filled({ text, variables }: DirectiveText, { namespaces }: TurnParts): string {
  if (!variables) return text;
  return renderTemplate(text, { ...namespaces, ...variables });
}

/** What stays as it is, whatever the packs have. */
function fixedTokens(directives: readonly Directive[], turn: TurnParts): number {
  const texts = directives.map((directive) => {
    if (directive.kind === "context") return "";
    if (directive.kind === "history") return turn.history.map(messageText).join("");
    return filled(directive.content, turn);
  });
  return tokensOf([turn.system, turn.userMessage ?? "", ...texts].join(""));
}

function messageText(message: ChatMessage): string {
  return message.role === "tool" ? JSON.stringify(message.result) : message.text;
}
