import { workspacePath } from "#common/workspace-path.ts";
import { type KnownText, textOf, WrittenTable } from "#language/manifest/sources/constant-values.ts";
import { beside, type Placed } from "#language/manifest/sources/placed.ts";
import type { ValueUse } from "#language/manifest/sources/value-uses.ts";
import type { Expression } from "#language/syntax/tree.ts";
import { evaluatorBuilders } from "#vocabulary/fields.ts";
import type { ModelTargets, StatedModel } from "./model-targets.ts";
import type { Reading } from "./reading.ts";

const absent: KnownText = { kind: "absent" };
const dynamic: KnownText = { kind: "dynamic" };

/** A step is judged by the default model of the file, else by this one. */
const defaultsOfFile: StatedModel = { provider: absent, model: absent };
const usualJudge = { provider: "openai", model: "gpt-4o-mini" };

/** An evaluator without a model. */
const evaluatorsJudge = statedJudge({ kind: "text", text: "openai:gpt-4o" });
const agent = "judge";

/** What every step that asks a model has in it. */
const judgingStep = "semantically satisfy";

/** What the tests of a file reach when they are run: files with cases, and models that judge. */
export class OwnTests {
  readonly #reading: Reading;
  readonly #models: ModelTargets;

  constructor(reading: Reading, models: ModelTargets) {
    this.#reading = reading;
    this.#models = models;
  }

  /** `Specification([[…]])` and `Specification {from = "file"}`: a step may ask a model to judge. */
  specification(use: ValueUse): void {
    const table = this.#table(use);
    if (table) this.#file(table.text("from"), "reads scenarios from", use.place);
    if (table || this.#mayJudge(use)) this.#judge(defaultsOfFile, "a step of the tests asks", use.place);
  }

  /** Whether the scenarios have a step that asks a model. */
  #mayJudge(use: ValueUse): boolean {
    const first = use.kind === "call" ? use.arguments[0] : undefined;
    const text = first && textOf(beside(use.place, first), this.#reading.globals);
    return text?.kind !== "text" || text.text.toLowerCase().includes(judgingStep);
  }

  /** `Evaluation {…}`. */
  evaluation(use: ValueUse): void {
    const table = this.#table(use);
    if (!table) {
      this.#file(dynamic, "reads cases from", use.place);
      this.#judge(statedJudge(dynamic), "an evaluator asks", use.place);
      return;
    }
    this.#file(table.text("dataset_file"), "reads cases from", use.place);
    const list = table.table("evaluators");
    if (list === "absent") return;
    const items = list === "dynamic" ? undefined : list.items();
    const evaluators = items
      ?.filter(({ node }) => !isBuilder(node))
      .map((item) => (list === "dynamic" ? undefined : list.inside(item)));
    for (const evaluator of evaluators ?? [undefined]) this.#evaluator(evaluator, use.place);
  }

  #evaluator(evaluator: WrittenTable | undefined, place: Placed): void {
    const type = evaluator?.text("type");
    if (type?.kind === "text" && type.text !== "llm_judge") return;
    const model = evaluator?.text("model") ?? dynamic;
    this.#judge(
      model.kind === "absent" ? evaluatorsJudge : statedJudge(model),
      "an evaluator asks",
      evaluator?.place ?? place,
    );
  }

  #judge(stated: StatedModel, words: string, place: Placed): void {
    for (const target of this.#models.of(stated, place, { usual: usualJudge }))
      this.#reading.list.add(
        {
          capability: "model",
          target,
          agent,
          detail: `${words} the model ${target ?? "that only a run can know"}`,
        },
        place,
      );
  }

  #file(path: KnownText, words: string, place: Placed): void {
    if (path.kind === "absent") return;
    const target = path.kind === "text" ? workspacePath("", path.text) : undefined;
    const detail = `${words} ${target ?? "a file that only a run can know"}`;
    this.#reading.list.add({ capability: "file.read", target, detail }, place);
  }

  #table(use: ValueUse): WrittenTable | undefined {
    const config = use.kind === "call" ? use.arguments[0] : undefined;
    return config?.kind === "TableExpression"
      ? new WrittenTable(beside(use.place, config), this.#reading.globals)
      : undefined;
  }
}

/** `field.contains {…}`: none of these judges. */
function isBuilder(node: Expression): boolean {
  if (node.kind !== "CallExpression" || node.callee.kind !== "MemberExpression") return false;
  const { object, member } = node.callee;
  const isField = object.kind === "NameExpression" && object.text === "field";
  return isField && evaluatorBuilders.some(({ name }) => name === member.text);
}

/** The judge of an evaluator is written `provider:model`. */
function statedJudge(model: KnownText): StatedModel {
  if (model.kind !== "text") return { provider: dynamic, model: dynamic };
  const [provider = "", ...rest] = model.text.split(/[:/]/);
  return { provider: { kind: "text", text: provider }, model: { kind: "text", text: rest.join("/") } };
}
