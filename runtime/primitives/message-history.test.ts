import { test } from "vitest";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const filled = `MessageHistory.inject_system("rules")
MessageHistory.append({role = "user", content = "one"})
MessageHistory.append("two")
local function texts(list) local t = {} for i, m in ipairs(list) do t[i] = m.content end return t end
`;

const cases: readonly ProgramCase[] = [
  {
    name: "messages have id, role and time",
    body: "local m = MessageHistory.get()[3]; return {m.id, m.role, m.content, type(m.created_at)}",
    result: [3, "user", "two", "string"],
  },
  {
    name: "head, tail, slice",
    body: "return {texts(MessageHistory.head(2)), texts(MessageHistory.tail(1)), texts(MessageHistory.slice{start = 2, stop = 2}), #MessageHistory.tail(0), #MessageHistory.slice()}",
    result: [["rules", "one"], ["two"], ["one"], 0, 0],
  },
  { name: "by tokens", body: "return texts(MessageHistory.tail_tokens(2))", result: ["one", "two"] },
  {
    name: "keep_tail",
    body: "MessageHistory.keep_tail(1); return texts(MessageHistory.get())",
    result: ["two"],
  },
  {
    name: "reset keeps the system prefix",
    body: "MessageHistory.reset(); return texts(MessageHistory.get())",
    result: ["rules"],
  },
  {
    name: "reset to nothing",
    body: "MessageHistory.reset{keep = 'none'}; return #MessageHistory.get()",
    result: 0,
  },
  { name: "rewind", body: "MessageHistory.rewind(2); return texts(MessageHistory.get())", result: ["rules"] },
  {
    name: "rewind to a mark",
    body: "MessageHistory.checkpoint('here'); MessageHistory.append('three'); MessageHistory.rewind_to('here'); MessageHistory.rewind_to('nowhere'); return {MessageHistory.checkpoint(), texts(MessageHistory.get())}",
    result: [3, ["rules", "one", "two"]],
  },
  {
    name: "replace",
    body: "MessageHistory.replace({{role = 'assistant', content = 'new'}, 5}); return texts(MessageHistory.get())",
    result: ["new", "5"],
  },
  {
    name: "an unknown way to reset",
    body: "MessageHistory.reset('all')",
    fails: /keep is one of system_prefix, system_all, none/,
  },
];

test.for(cases)("$name", (program) => {
  expectProgram({ ...program, body: filled + program.body });
});
