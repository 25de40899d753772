import { errorText } from "#common/error-text.ts";
import type { ChatMessage } from "#protocol/wire/requests.ts";
import { Agent } from "../agents/agent.ts";
import type { AgentDefinition } from "../agents/agent-definition.ts";
import type { AgentEnvironment } from "../agents/agent-environment.ts";
import { Conversation } from "../agents/conversation.ts";
import { type AgentDefaults, parseAgent } from "../agents/parse-agent.ts";
import type { Decoded } from "../schema/decoded.ts";
import type { Handle } from "../vm/handles.ts";
import { codeOf, ProcedureFailure } from "../vm/procedure-failure.ts";

/** An agent as declared; it comes alive when the workflow starts, or at its first call. */
export interface DeclaredAgent {
  readonly handle: Handle;
  readonly config: Decoded;
  /** Settings in force where it was declared. */
  readonly defaults: AgentDefaults;
}

/** The agents of a run. */
export class AgentRegistry {
  readonly #environment: AgentEnvironment;
  readonly #declared: DeclaredAgent[] = [];
  readonly #live = new Map<DeclaredAgent, Agent>();
  readonly #shared = new Conversation();
  /** Agents that are being built: one that is asked for its history meanwhile waits for itself. */
  readonly #building = new Set<DeclaredAgent>();

  constructor(environment: AgentEnvironment) {
    this.#environment = environment;
  }

  add(agent: DeclaredAgent): void {
    this.#declared.push(agent);
  }

  find(name: string): DeclaredAgent | undefined {
    return this.#declared.findLast(({ handle }) => handle.name === name);
  }

  /** What was said with the agents that are alive. */
  histories(): readonly ChatMessage[] {
    return [...this.#live.values()].flatMap((agent) => agent.history);
  }

  /** Checks and builds all agents that were declared. Throws ProcedureFailure at the declaration that is wrong. */
  setUp(): void {
    this.#environment.mocks.knowAgents(this.#declared.map(({ handle }) => handle.name));
    for (const agent of this.#declared) this.live(agent);
  }

  /** The agent itself. Throws as `setUp`. */
  live(declared: DeclaredAgent): Agent {
    const existing = this.#live.get(declared);
    if (existing) return existing;
    this.#building.add(declared);
    try {
      const agent = this.#build(declared);
      this.#live.set(declared, agent);
      return agent;
    } finally {
      this.#building.delete(declared);
    }
  }

  #conversation({ historySource }: AgentDefinition, { name, at }: Handle): Conversation {
    if (historySource === "own") return new Conversation();
    if (historySource === "shared") return this.#shared;
    const other = this.find(historySource.agent);
    if (other && !this.#building.has(other)) return this.live(other).conversation;
    const problem = other ? "leads back to itself" : "is no agent of this file";
    throw new ProcedureFailure(
      "declaration-invalid",
      `Agent '${name}': the source of its message_history, '${historySource.agent}', ${problem}.`,
      at,
    );
  }

  #build({ handle, config, defaults }: DeclaredAgent): Agent {
    const definition = parseAgent(handle.name, config, defaults);
    if (!definition.ok) {
      throw new ProcedureFailure("declaration-invalid", definition.error.join("\n"), handle.at);
    }
    try {
      return new Agent(definition.value, this.#environment, this.#conversation(definition.value, handle));
    } catch (thrown) {
      const code = codeOf(thrown);
      throw code === undefined ? thrown : new ProcedureFailure(code, errorText(thrown), handle.at);
    }
  }
}
