import { type Attack, outcome } from "../../attack.ts";
import { turnLimit } from "../../controls/spending-controls.ts";

const allowed = 5;

export const attacks: readonly Attack[] = [
  {
    id: "resource-endless-turns",
    threat: "T9",
    title: "asks a model again and again, and catches every refusal",
    success: "the provider is asked more often than `limits.turns` allows",
    control: turnLimit,
    places: ["embedded"],
    attempt: async (world) => {
      const model = await world.model([{ kind: "answer", text: "ok" }]);
      world.write({ "home/.tactus/config.yml": `${model.providers}limits: { turns: ${allowed} }\n` });
      await world.procedure(`
worker = Agent { provider = "local", model = "gpt-4o-mini", system_prompt = "Say ok." }
Procedure { function() for i = 1, ${2 * allowed} do pcall(worker, { message = "again " .. i }) end end }`);
      const asked = model.requests.length;
      return outcome(asked > allowed, `${asked} requests reached the provider, ${allowed} are allowed`);
    },
  },
];
