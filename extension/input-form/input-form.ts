import * as vscode from "vscode";
import type { Json } from "#common/json.ts";
import { choiceList, showStep, tellInBox, textBox } from "../screen/quick-inputs.ts";
import type { FieldDescription } from "./field-description.ts";
import { answerOf, type ChoiceQuestion, questionFor, type TextQuestion } from "./input-question.ts";

/** Values by field name; a field that was left out is absent. */
export type InputValues = Readonly<Record<string, Json>>;

interface Step {
  readonly title: string;
  readonly number: number;
  readonly of: number;
}

/** What a step ends with. `back` goes one step back, `stop` ends the form with nothing started. */
type Outcome =
  | { readonly kind: "value"; readonly value: Json | undefined }
  | { readonly kind: "back" | "stop" };

/**
 * Asks for the inputs of a procedure, one step a field, with the values of the last time filled in. Undefined when
 * the person closes it.
 */
export async function askInputs(
  title: string,
  fields: readonly FieldDescription[],
  remembered: InputValues,
): Promise<InputValues | undefined> {
  const values = new Map<string, Json | undefined>(Object.entries(remembered));
  let index = 0;
  for (let field = fields[index]; field; field = fields[index]) {
    const step = { title, number: index + 1, of: fields.length };
    const outcome = await ask(step, field, values.get(field.name));
    if (outcome.kind === "stop") return undefined;
    if (outcome.kind === "value") values.set(field.name, outcome.value);
    index += outcome.kind === "back" ? -1 : 1;
  }
  return given(fields, values);
}

function given(
  fields: readonly FieldDescription[],
  values: ReadonlyMap<string, Json | undefined>,
): InputValues {
  const entries = fields.map(({ name }) => [name, values.get(name)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

function ask(step: Step, field: FieldDescription, remembered: Json | undefined): Promise<Outcome> {
  const question = questionFor(field, remembered);
  return question.kind === "choice" ? askChoice(step, question) : askText(step, question);
}

function askChoice(step: Step, { field, choices, active }: ChoiceQuestion): Promise<Outcome> {
  const pick = choiceList(
    { title: step.title, prompt: promptOf(field) },
    choices.map(({ label, value }) => ({
      label,
      value,
      ...(value !== undefined && value === field.default ? { description: "default" } : {}),
    })),
  );
  const offered = pick.items[active];
  if (offered) pick.activeItems = [offered];
  return answered(pick, step, (finish) => {
    pick.onDidAccept(() => finish({ kind: "value", value: pick.activeItems[0]?.value }));
  });
}

function askText(step: Step, { field, text }: TextQuestion): Promise<Outcome> {
  const box = textBox({ title: step.title, prompt: promptOf(field) }, { value: text });
  const problem = (typed: string): string | undefined => {
    const answer = answerOf(field, typed);
    return answer.ok ? undefined : answer.error;
  };
  return answered(box, step, (finish) => {
    box.onDidChangeValue((typed) => tellInBox(box, problem(typed)));
    box.onDidAccept(() => {
      const answer = answerOf(field, box.value);
      if (answer.ok) finish({ kind: "value", value: answer.value });
      else tellInBox(box, answer.error);
    });
  });
}

function promptOf({ name, type, required, description }: FieldDescription): string {
  const facts = `${name} (${type}${required ? "" : ", optional"})`;
  return description ? `${facts}: ${description}` : facts;
}

/** Shows one step until it is answered, closed, or left by the back button. */
function answered(
  input: vscode.QuickInput & {
    buttons: readonly vscode.QuickInputButton[];
    onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
  },
  step: Step,
  listen: (finish: (outcome: Outcome) => void) => void,
): Promise<Outcome> {
  showStep(input, step);
  input.buttons = step.number > 1 ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<Outcome>((finish) => {
    listen(finish);
    input.onDidTriggerButton(() => finish({ kind: "back" }));
    input.onDidHide(() => finish({ kind: "stop" }));
    input.show();
  }).finally(() => input.dispose());
}
