import type { Json, JsonObject } from "#common/json.ts";
import type { Result } from "#common/result.ts";
import type { Decoded } from "../schema/decoded.ts";

/** What a mocked agent answers in one turn. */
export interface MockedTurn {
  readonly message: string;
  readonly toolCalls: readonly { readonly tool: string; readonly arguments: JsonObject }[];
  /** Structured output; it is the result's output when present. */
  readonly data?: JsonObject;
  /** Our extension: the listed calls really run, as if a model had asked for them. */
  readonly runTools: boolean;
}

/** What a mocked tool (or model) answers to one call. */
export type MockedAnswer =
  | { readonly kind: "returns"; readonly value: Json }
  | { readonly kind: "error"; readonly message: string };

/** Everything that `Mocks {…}` declared. */
export class MockBook {
  /** Takes one `Mocks {…}` table; entries of the same name replace earlier ones. The failure names the entry. */
  add(_table: Decoded): Result<void, readonly string[]> {
    throw new Error("not there yet");
  }

  /** Tells which agents exist: the only agent takes the only agent mock whose name fits nobody. */
  knowAgents(_names: readonly string[]): void {}

  /** The answer of a mocked agent in its turn `turn` (from 1); undefined when it has no mock. */
  agentTurn(_agent: string, _turn: number, _message: string | undefined): MockedTurn | undefined {
    return undefined;
  }

  /** The answer of a mocked tool to this call; undefined when the real tool runs. Counts the call for `temporal`. */
  toolAnswer(_tool: string, _parameters: Json): MockedAnswer | undefined {
    return undefined;
  }
}
