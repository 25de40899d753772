import { expect, test } from "vitest";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const filled = `local h = History({ {role = "user", content = "one"}, {role = "assistant", content = "three"} })
h.add({role = "user", content = "four"})
local function texts(list) local t = {} for i, m in ipairs(list) do t[i] = m.content end return t end
`;

const agent = `a = Agent { provider = "openai", model = "m", system_prompt = "s" }
Mocks { a = { message = "fine" } }`;

const cases: readonly ProgramCase[] = [
  { name: "all", body: `${filled}return texts(h.get())`, result: ["one", "three", "four"] },
  {
    name: "with a colon",
    body: `${filled}h:add(Message {role = "user", content = "5"}) return #h:get()`,
    result: 4,
  },
  { name: "the last ones", body: `${filled}return texts(h.get(2))`, result: ["three", "four"] },
  { name: "within tokens", body: `${filled}return texts(h.get(nil, 2))`, result: ["four"] },
  { name: "truncated", body: `${filled}h.truncate(1) return texts(h.get())`, result: ["one"] },
  { name: "cleared", body: `${filled}h.clear() return #h.get()`, result: 0 },
  { name: "tokens", body: `${filled}return h.count_tokens()`, result: 3 },
  {
    name: "two are apart",
    body: "local a, b = History(), History() a.add({role = 'user', content = 'x'}) return #b.get()",
    result: 0,
  },
  { name: "no role", body: "History().add({content = 'x'})", fails: /needs a 'role'/ },
  { name: "no content", body: "History().add({role = 'user'})", fails: /needs a 'content'/ },
  {
    name: "a message",
    body: "local m = Message {role = 'system', content = 'x', source = 'me'} return {m.role, m.content, m.metadata.source}",
    result: ["system", "x", "me"],
  },
  {
    name: "a message of another role",
    body: "Message {role = 'tool', content = 'x'}",
    fails: /the role must be one of/,
  },
  {
    name: "a message without content",
    body: "Message {role = 'user', content = ''}",
    fails: /requires a 'content'/,
  },
  {
    name: "of an agent",
    declare: agent,
    body: `a.history.add({role = "user", content = "before"})
      a("go")
      local tokens = a.history.count_tokens()
      a.history.truncate(2)
      return {tokens, #a.history.get(), a.history.get(1)[1].content, a.get_history()[1].content}`,
    result: [3, 2, "go", "before"],
  },
  {
    name: "an agent's history takes no message without a role",
    declare: agent,
    body: "a.history.add({content = 'x'})",
    fails: "input-invalid",
  },
  {
    name: "Session is the older name of MessageHistory",
    body: "Session.append({role = 'user', content = 'x'}) Session.load_from_node('n') return {#Session.history(), #MessageHistory.get()}",
    result: [1, 1],
  },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});

test("stages are told to those who watch", () => {
  const { events } = expectProgram({
    name: "",
    body: "Stage.set('one') Stage.set('two') return {Stage.current(), Stage.is('two'), Stage.history()}",
    result: ["two", true, ["one", "two"]],
  });
  expect(events.filter(({ type }) => type === "stage")).toEqual([
    { type: "stage", name: "one" },
    { type: "stage", name: "two" },
  ]);
});
