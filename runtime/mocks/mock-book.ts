import type { Json, JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { type Decoded, isDecodedTable } from "../schema/decoded.ts";
import { matchesArguments } from "./match-arguments.ts";
import type { AgentMock, MockEntry, MockedToolCall, ToolMock } from "./mock-entry.ts";
import { parseMock } from "./parse-mock.ts";

/** What a mocked agent answers in one turn. */
export interface MockedTurn {
  readonly message: string;
  readonly toolCalls: readonly MockedToolCall[];
  /** Structured output; it is the result's output when present. */
  readonly data?: JsonObject;
  /** Our extension: the listed calls really run, as if a model had asked for them. */
  readonly runTools: boolean;
}

/** What a mocked tool (or model) answers to one call. */
export type MockedAnswer =
  | { readonly kind: "returns"; readonly value: Json }
  | { readonly kind: "error"; readonly message: string };

/** Everything that `Mocks {…}` declared. Agent mocks work in ordinary runs too. */
export class MockBook {
  readonly #entries = new Map<string, MockEntry>();
  readonly #toolCalls = new Map<string, number>();
  #agents: readonly string[] = [];

  /** Takes one `Mocks {…}` table; entries of the same name replace earlier ones. Failures name the entry. */
  add(table: Decoded): Result<void, readonly string[]> {
    if (!isDecodedTable(table)) return fail(["Mocks takes a table: Mocks { name = {…} }."]);
    const failures: string[] = [];
    for (const [name, declared] of Object.entries(table)) {
      const entry = parseMock(name, declared);
      if (entry.ok) this.#entries.set(name, entry.value);
      else failures.push(entry.error);
    }
    return failures.length > 0 ? fail(failures) : ok(undefined);
  }

  /** Puts one entry in the place of whatever was declared under its name. */
  set(name: string, entry: MockEntry): void {
    this.#entries.set(name, entry);
  }

  /** Tells which agents exist: the only agent takes the only agent mock whose name fits nobody. */
  knowAgents(names: readonly string[]): void {
    this.#agents = names;
  }

  /** The answer of a mocked agent in its turn `turn` (from 1); undefined when it has no mock. */
  agentTurn(agent: string, turn: number, message: string | undefined): MockedTurn | undefined {
    const mock = this.#entries.get(agent)?.agent ?? this.#strayMock(agent);
    if (!mock) return undefined;
    const byMessage = mock.temporal.find(
      (entry) => entry.whenMessage !== undefined && entry.whenMessage === message,
    );
    const chosen = byMessage ?? mock.temporal[Math.min(turn, mock.temporal.length) - 1];
    const data = chosen?.data ?? mock.data;
    return {
      message: chosen?.message ?? mock.message ?? "",
      toolCalls: chosen?.toolCalls ?? mock.toolCalls ?? [],
      ...(data ? { data } : {}),
      runTools: chosen?.runTools ?? mock.runTools ?? false,
    };
  }

  /** The answer of a mocked tool to this call; undefined when the real tool runs. Counts the call for `temporal`. */
  toolAnswer(tool: string, parameters: Json): MockedAnswer | undefined {
    const mock = this.#entries.get(tool)?.tool;
    if (!mock || this.#agents.includes(tool)) return undefined;
    const call = (this.#toolCalls.get(tool) ?? 0) + 1;
    this.#toolCalls.set(tool, call);
    return answerOf(mock, call, parameters);
  }

  /** Whether a tool, model or module of this name has a mock. */
  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The text of a mock that is written as an agent's, for a model: by one of these messages, else by the call's number. */
  modelText(model: string, call: number, messages: readonly string[]): string | undefined {
    const mock = this.#entries.get(model)?.agent;
    if (!mock) return undefined;
    const byMessage = mock.temporal.find(
      ({ whenMessage }) => whenMessage !== undefined && messages.includes(whenMessage),
    );
    const chosen = byMessage ?? mock.temporal[Math.min(call, mock.temporal.length) - 1];
    return chosen?.message ?? mock.message ?? "";
  }

  #strayMock(agent: string): AgentMock | undefined {
    if (this.#agents.length !== 1 || this.#agents[0] !== agent) return undefined;
    const stray = [...this.#entries.values()].filter((entry) => entry.agent && !entry.tool);
    return stray.length === 1 ? stray[0]?.agent : undefined;
  }
}

function answerOf(mock: ToolMock, call: number, parameters: Json): MockedAnswer | undefined {
  switch (mock.kind) {
    case "returns":
    case "error":
      return mock;
    case "temporal": {
      const value = mock.values[Math.min(call, mock.values.length) - 1];
      return value === undefined ? undefined : { kind: "returns", value };
    }
    case "conditional": {
      const matching = mock.cases.find((entry) => matchesArguments(entry.when, parameters));
      return matching && { kind: "returns", value: matching.value };
    }
  }
}
