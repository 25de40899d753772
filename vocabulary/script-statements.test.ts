import { expect, test } from "vitest";
import { isScriptDeclaration } from "./script-statements.ts";
import { declarations, fileSettings } from "./words.ts";

/** Words that begin the body of a script when they stand at the start of a statement, though they declare. */
const bodyWords: readonly string[] = [
  "Classify",
  "ClassifyProcedure",
  "DSPyAgent",
  "History",
  "Message",
  "Procedure",
  "Step",
  "get_current_lm",
];

test.for([...declarations, ...fileSettings])("a statement of a script that begins with %s", (word) => {
  expect(isScriptDeclaration(`${word} {`)).toBe(!bodyWords.includes(word));
});
