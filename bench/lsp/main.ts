import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Contestant, ourContestants, peer } from "./contestant.ts";
import { findEmmy } from "./emmy.ts";
import { measureFile } from "./measure-file.ts";
import { measureWorkspace } from "./measure-workspace.ts";
import { tableOf } from "./report.ts";
import { Samples } from "./samples.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { inNewFolder } from "./session.ts";
import { yardstick } from "./yardstick.ts";

/**
 * `npm run bench:lsp`: our language server against `emmylua_ls` (and the `lua-language-server` that
 * LUA_LANGUAGE_SERVER names) through the same client in the same run, in turn. Needs a built dist/.
 * `--quick` takes few samples, `--scenarios 1k,10k` some of the scenarios, `--alone` leaves the peers out, `--profile`
 * makes our server write CPU profiles into .cache/bench/profiles.
 */

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    alone: { type: "boolean", default: false },
    profile: { type: "boolean", default: false },
    scenarios: { type: "string", default: scenarios.map(({ name }) => name).join(",") },
  },
});
const cache = path.resolve(import.meta.dirname, "../../.cache/bench");
const servers = new Map<string, string>();
const [procedures, sameText] = ourContestants(
  options.profile ? ["--cpu-prof", `--cpu-prof-dir=${path.join(cache, "profiles")}`] : [],
);
const contestants = [procedures, sameText, ...peers()];
const wanted = scenarios.filter(({ name }) => options.scenarios.split(",").includes(name));
const measured: object[] = [];
for (const scenario of wanted.map((each) => (options.quick ? quick(each) : each))) {
  const before = yardstick();
  const results = await measure(scenario);
  console.log(
    tableOf(scenario.name, results, {
      ours: procedures.name,
      oursOnSameText: sameText.name,
      peer: "emmylua_ls",
    }),
  );
  console.log(`yardstick ${before.milliseconds} ms, load ${before.load} before`);
  measured.push({ scenario, yardstick: before, results: Object.fromEntries(results) });
}
writeReport();

function peers(): Contestant[] {
  if (options.alone) return [];
  const emmy = findEmmy();
  if (!emmy.ok) console.log(`emmylua_ls is left out, ours runs alone: ${emmy.error}`);
  const luaLanguageServer = process.env["LUA_LANGUAGE_SERVER"];
  return [
    ...(emmy.ok ? [peer("emmylua_ls", [emmy.value])] : []),
    ...(luaLanguageServer === undefined ? [] : [peer("lua-language-server", [luaLanguageServer])]),
  ];
}

function quick(scenario: Scenario): Scenario {
  return { ...scenario, rounds: 1, coldStarts: 1, repeats: Math.min(4, scenario.repeats) };
}

/** All sessions of a scenario, the contestants in turn. */
async function measure(scenario: Scenario): Promise<Map<string, Samples>> {
  const results = new Map(contestants.map(({ name }) => [name, new Samples()]));
  const sessions = scenario.files === undefined ? scenario.rounds + scenario.coldStarts : scenario.rounds;
  for (let round = 0; round < sessions; round++)
    for (const contestant of contestants) {
      const samples = await runSession(contestant, scenario, round >= scenario.rounds);
      results.get(contestant.name)?.addAll(samples);
    }
  return results;
}

/** One session in a fresh process. A server that dies in it leaves what was measured until then. */
async function runSession(contestant: Contestant, scenario: Scenario, isCold: boolean): Promise<Samples> {
  const samples = new Samples();
  const act = scenario.files === undefined ? measureFile : measureWorkspace;
  try {
    const server = await inNewFolder((folder) => act({ contestant, folder, scenario, isCold }, samples));
    servers.set(contestant.name, server);
  } catch (error) {
    console.log(`${contestant.name}, ${scenario.name}: the session broke off: ${error}`);
  }
  return samples;
}

function writeReport(): void {
  const date = new Date().toISOString();
  const file = path.join(cache, `lsp-${date.replaceAll(/[:.]/g, "-")}.json`);
  const report = { date, node: process.version, cpu: cpus()[0]?.model, cpus: cpus().length };
  mkdirSync(cache, { recursive: true });
  writeFileSync(
    file,
    JSON.stringify({ ...report, servers: Object.fromEntries(servers), measured }, undefined, 1),
  );
  console.log(`\n${[...servers].map(([name, server]) => `${name}: ${server}`).join("\n")}\n${file}`);
}
