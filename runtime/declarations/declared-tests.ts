import type { Json } from "#common/json.ts";
import type { LuaFunction } from "#lua/engine.ts";
import type { At } from "#protocol/events/events.ts";

/** `Step("pattern", function …)`. */
interface DeclaredStep {
  readonly pattern: string;
  readonly body: LuaFunction;
  readonly at: At | undefined;
}

/** What a file declares for `test` and `eval`; an ordinary run reads none of it. */
export class DeclaredTests {
  /** Scenarios in Gherkin: the last text counts. */
  text: { readonly text: string; readonly at: At | undefined } | undefined;
  /** Files with scenarios: all count. */
  readonly files: { readonly path: string; readonly at: At | undefined }[] = [];
  readonly steps: DeclaredStep[] = [];
  /** The last one counts. */
  evaluation: { readonly value: Json; readonly at: At | undefined } | undefined;
}
