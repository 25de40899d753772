import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { isJsonObject, type Json } from "#common/json.ts";
import type { RunEvent } from "#protocol/events/events.ts";
import { type ModelScript, type ModelServer, startModelServer } from "../support/model-server.ts";
import { openDesk } from "./studio.ts";

interface AgentRun {
  readonly events: readonly RunEvent[];
  readonly end: RunEvent | undefined;
  readonly server: ModelServer;
}

/** Runs a file with the built command against a real server that answers as a model. */
async function runAgainst(script: ModelScript, source: string, config = ""): Promise<AgentRun> {
  const server = await startModelServer(script);
  onTestFinished(() => server.dispose());
  const provider = `providers: { local: { kind: openai-compatible, base_url: "${server.url}/v1" } }\n`;
  using desk = openDesk({ "a.tac": source, "home/.tactus/config.yml": provider + config });
  const { stdout } = await desk.studio(["run", "a.tac", "--json", "--isolation", "embedded"]);
  const lines = stdout.trimEnd().split("\n");
  const events = lines.map((line) => JSON.parse(line) as RunEvent);
  return { events, end: events.at(-1), server };
}

const agent = (more: string): string =>
  `clerk = Agent { provider = "local", model = "gpt-4o-mini", system_prompt = "Judge.", tools = {}, ${more} }\n`;

function bodies({ requests }: ModelServer): readonly Record<string, Json>[] {
  return requests.map(({ body }) => body);
}

function deltas(events: readonly RunEvent[]): string {
  return events.flatMap((event) => (event.type === "turn.delta" ? [event.text] : [])).join("");
}

test("a structured answer arrives in pieces, is typed and checked", async () => {
  const source = `${agent("output = {score = field.number{required = true}, good = field.boolean{}}")}
    Procedure { function() local r = clerk("?") return {r.output.score, r.output.good, r.usage.total_tokens} end }`;
  const { events, end, server } = await runAgainst(
    [{ kind: "answer", text: ['{"score"', ':"0.5",', '"good":true}'], usage: { input: 4, output: 3 } }],
    source,
  );
  expect(end).toMatchObject({ status: "completed", result: [0.5, true, 7] });
  expect(deltas(events)).toBe('{"score":"0.5","good":true}');
  expect(bodies(server)[0]).toMatchObject({
    response_format: { type: "json_schema", json_schema: { schema: { required: ["score"] } } },
  });
});

test("an answer that does not fit is asked for again, and only the last one stays in the history", async () => {
  const source = `${agent('output = {mood = field.string{required = true, enum = {"good", "bad"}}}, retry = {attempts = 3}')}
    Procedure { function() return {clerk("?").output.mood, #clerk.get_history()} end }`;
  const { end, server, events } = await runAgainst(
    [
      { kind: "answer", text: "no idea" },
      { kind: "answer", text: '{"mood":"fine"}' },
      { kind: "answer", text: '{"mood":"good"}' },
    ],
    source,
  );
  expect(end).toMatchObject({ status: "completed", result: ["good", 2] });
  expect(server.requests).toHaveLength(3);
  expect(events.filter((event) => event.type === "log" && event.level === "warn")).toHaveLength(2);
});

test("after the last attempt the run fails and names the field", async () => {
  const source = `${agent("output = {mood = field.string{required = true}}, response = {retries = 1}")}
    Procedure { function() return clerk("?").output end }`;
  const answer = { kind: "answer", text: "{}" } as const;
  const { end, server } = await runAgainst([answer, answer], source);
  expect(end).toMatchObject({ status: "failed", error: { code: "output-invalid", file: "a.tac", line: 3 } });
  expect(JSON.stringify(end)).toContain("mood");
  expect(server.requests).toHaveLength(2);
});

test("settings, tool choice and tools reach the provider; the tool runs and its result goes back", async () => {
  const source = `
    look = Tool { description = "Looks", input = {what = field.string{required = true}}, function(args) return {seen = args.what} end }
    clerk = Agent { provider = "local", system_prompt = "s", tools = {look}, tool_choice = "required",
      model = {name = "gpt-4o-mini", temperature = 0.25, top_p = 0.5, seed = 7, max_tokens = 99,
        presence_penalty = 0.5, frequency_penalty = 0.25, parallel_tool_calls = false} }
    Procedure { function() local r = clerk("go") return {r.output, look.last_result().seen} end }`;
  const { end, server } = await runAgainst(
    [
      { kind: "answer", toolCalls: [{ name: "look", arguments: { what: "sky" } }] },
      { kind: "answer", text: "blue" },
    ],
    source,
  );
  expect(end).toMatchObject({ status: "completed", result: ["blue", "sky"] });
  expect(bodies(server)[0]).toMatchObject({
    temperature: 0.25,
    top_p: 0.5,
    seed: 7,
    max_tokens: 99,
    presence_penalty: 0.5,
    frequency_penalty: 0.25,
    parallel_tool_calls: false,
    tool_choice: "required",
    tools: [{ function: { name: "look", parameters: { required: ["what"] } } }],
  });
  expect(JSON.stringify(bodies(server)[1]?.["messages"])).toContain("seen");
});

test("a classifier asks the model until it names a class", async () => {
  const source = `Procedure { function()
    local r = Classify { classes = {"spam", "mail"}, prompt = "Which?", model = "local/gpt-4o-mini", input = "Buy!" }
    return {r.value, r.retry_count, r.confidence}
  end }`;
  const { end, events } = await runAgainst(
    [
      { kind: "answer", text: "Hm." },
      { kind: "answer", text: "It sells.\n**Spam**" },
    ],
    source,
  );
  expect(end).toMatchObject({ status: "completed", result: ["spam", 1, 0.8] });
  expect(events.filter(({ type }) => type === "checkpoint")).toMatchObject([
    { kind: "model" },
    { kind: "model" },
  ]);
});

test("a model behind an address gets its input through the host tool of its name, and no other way", async () => {
  const received: string[] = [];
  const endpoint = createServer((request, response) => {
    request.on("data", (chunk: Buffer) => received.push(`${request.headers["x-key"]} ${chunk}`));
    request.on("end", () => response.setHeader("content-type", "application/json").end('{"label":"good"}'));
  });
  await new Promise<void>((resolve) => endpoint.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void endpoint.close());
  const url = `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/mood`;
  const source = `mood = Model { type = "http", endpoint = "${url}", input = {text = "string"} }
    Procedure { function() return mood({text = "hi"}).label end }`;
  const denied = await runAgainst([], source);
  expect(denied.end).toMatchObject({ status: "failed", error: { code: "tool-denied" } });
  expect(denied.events.some(({ type }) => type === "tool.denied")).toBe(true);
  const config = `host_tools:
  allow: [mood]
  tools:
    mood:
      request: { method: POST, url: "${url}", headers: { x-key: k }, body: { text: "{text}" } }
      input: { text: { type: string, required: true } }
`;
  const allowed = await runAgainst([], source, config);
  expect(allowed.end).toMatchObject({ status: "completed", result: "good" });
  expect(received).toEqual(['k {"text":"hi"}']);
});

test("nothing of a mocked run is sent", async () => {
  const source = `${agent("")}Procedure { function() return clerk("?").output end }`;
  const server = await startModelServer([]);
  onTestFinished(() => server.dispose());
  using desk = openDesk({ "a.tac": source });
  const { stdout } = await desk.studio(["run", "a.tac", "--json", "--mock", "--isolation", "embedded"]);
  const end: unknown = JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "");
  expect(isJsonObject(end) && end["result"]).toBe("Mocked response from clerk");
  expect(server.requests).toEqual([]);
});
