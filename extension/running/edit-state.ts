import { isJsonObject, type JsonObject, parseJsonSafely } from "#common/json.ts";
import { visibleJson } from "#common/visible-text.ts";
import { answerOf, tellInBox, textBox } from "../screen/quick-inputs.ts";

/** Asks for the state with which a fork goes on; undefined when the person closed the question. */
export async function askState(before: JsonObject, checkpoint: number): Promise<JsonObject | undefined> {
  const box = textBox(
    {
      title: `Fork from checkpoint ${checkpoint}`,
      prompt: "The state there, as JSON: edit it, or press Enter to go on with it as it is",
    },
    { value: visibleJson(before), placeholder: "{}" },
  );
  box.onDidChangeValue((text) => tellInBox(box, readState(text) ? undefined : "This is no JSON object."));
  return answerOf<JsonObject>(box, (finish) => {
    const state = readState(box.value);
    if (state) finish(state);
  });
}

function readState(text: string): JsonObject | undefined {
  try {
    const value = parseJsonSafely(text.trim() || "{}");
    return isJsonObject(value) ? value : undefined;
  } catch {
    // Half a JSON text is what somebody types on the way to a whole one.
    return undefined;
  }
}
