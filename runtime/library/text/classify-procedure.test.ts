import { expect, test } from "vitest";
import { answeringModel } from "../../testing/answering-model.ts";
import { runSource } from "../../testing/run-source.ts";

const classes = 'classes = {"spam", "mail"}';

test("classifies the input with the instruction", () => {
  const { finished, requests } = runSource(
    `default_model("openai/m")\nClassifyProcedure { ${classes}, prompt = "Which?" }`,
    {
      input: { text: "Buy now" },
      ...answeringModel("Since it sells.\nspam"),
    },
  );
  expect(finished.result).toEqual({ value: "spam", explanation: "Since it sells." });
  expect(JSON.stringify(requests[0]?.params["messages"])).toContain("Which?");
});

test("fills the template of the user's message", () => {
  const { finished, requests } = runSource(
    `ClassifyProcedure { ${classes}, model = "openai/m", input_field = "body",
      system_message = {"One.", "Two."},
      user_message = "{{ text }} from {{ metadata.sender }}{% for r in results %}; {{ r.label }}{% endfor %}" }`,
    {
      input: { body: "Hi", metadata: { sender: "Ada" }, results: [{ label: "a" }, { label: "b" }] },
      ...answeringModel("mail"),
    },
  );
  expect(finished.result).toEqual({ value: "mail", explanation: "" });
  expect(requests[0]?.params["messages"]).toEqual([
    { role: "system", text: "One.\n\nTwo." },
    { role: "user", text: '{"text":"Hi from Ada; a; b"}' },
  ]);
});

test("an answer that is no class is ERROR", () => {
  const { finished } = runSource(
    `ClassifyProcedure { ${classes}, model = "openai/m", prompt = "p", max_retries = 0 }`,
    {
      input: { text: "x" },
      ...answeringModel("hm"),
    },
  );
  expect(finished.result).toEqual({ value: "ERROR", explanation: "" });
});

test.for<[config: string, message: RegExp]>([
  ['model = "openai/m", prompt = "p"', /requires 'classes'/],
  [`${classes}, prompt = "p"`, /requires 'model'/],
  [`${classes}, model = "openai/m"`, /requires 'system_message' \+ 'user_message', or 'prompt'/],
  [`${classes}, model = "openai/m", user_message = "x"`, /needs 'system_message' beside it/],
  [`${classes}, model = "openai/m", system_message = "x"`, /requires 'system_message' \+/],
])("%s", ([config, message]) => {
  expect(runSource(`ClassifyProcedure { ${config} }`).finished.error?.message).toMatch(message);
});

test("a template that is none", () => {
  const { finished } = runSource(
    `ClassifyProcedure { ${classes}, model = "openai/m", system_message = "s", user_message = "{% if %}" }`,
    { input: { text: "x" } },
  );
  expect(finished.error?.message).toMatch(/^The template can't be filled/);
});
