import { type Attack, outcome } from "../../attack.ts";
import { callBudget, tokenLimit, toolCallLimit } from "../../controls/spending-controls.ts";
import type { World } from "../../world/world.ts";

const common = { threat: "T9", places: ["embedded"] } satisfies Pick<Attack, "threat" | "places">;
const allowed = 5;

/** A tool of the person's that asks a server; how often the server was asked when a procedure calls it again and again. */
async function callsOfTool(world: World, limits: { readonly ofTool?: string; readonly ofRun?: string }) {
  const server = await world.server();
  world.write({
    "home/.tactus/config.yml": `host_tools:
  allow: [ask]
  tools:
    ask: { request: { method: GET, url: "${server.url}/ask" }${limits.ofTool ?? ""} }
${limits.ofRun ?? ""}`,
  });
  await world.procedure(
    `Procedure { function() for i = 1, ${2 * allowed} do pcall(Host.call, "ask") end end }`,
  );
  const asked = server.hits.length;
  return outcome(asked > allowed, `${asked} calls arrived, ${allowed} are allowed`);
}

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "resource-tool-of-the-host-in-a-loop",
    title: "calls a tool of the host again and again, and catches every refusal",
    success: "it acts more often than the tool's own limit allows",
    control: callBudget,
    attempt: (world) => callsOfTool(world, { ofTool: `, limits: { calls_per_run: ${allowed} }` }),
  },
  {
    ...common,
    id: "resource-tool-calls-of-a-run",
    title: "calls tools again and again, and catches every refusal",
    success: "they act more often than the run's limit allows",
    control: toolCallLimit,
    attempt: (world) => callsOfTool(world, { ofRun: `limits: { tool_calls: ${allowed} }\n` }),
  },
  {
    ...common,
    id: "resource-tokens-without-end",
    title: "a model whose answers cost many tokens is asked again and again",
    success: "it is asked after the tokens of the run were used up",
    control: tokenLimit,
    attempt: async (world) => {
      const usage = { input: 500, output: 500 };
      const model = await world.model([{ kind: "answer", text: "ok", usage }]);
      world.write({ "home/.tactus/config.yml": `${model.providers}limits: { tokens: 3000 }\n` });
      await world.procedure(`
worker = Agent { provider = "local", model = "gpt-4o-mini", system_prompt = "Say ok." }
Procedure { function() for i = 1, ${2 * allowed} do pcall(worker, { message = "again " .. i }) end end }`);
      const asked = model.requests.length;
      return outcome(asked > allowed, `${asked} requests of a thousand tokens reached the provider`);
    },
  },
];
