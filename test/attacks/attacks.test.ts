import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AttackSession } from "./attack-session.ts";
import { attacksPage } from "./attacks-page.ts";
import { repositoryRoot } from "./controls/mutated-sources.ts";
import { attemptsOf, loadAttacks } from "./load-attacks.ts";
import { shownElsewhere } from "./shown-elsewhere.ts";

const attacks = await loadAttacks();
const named = attemptsOf(attacks).map((attempt) => ({
  ...attempt,
  name: `${attempt.attack.id}, ${attempt.place}: ${attempt.control === "on" ? "held" : "succeeds without"}`,
}));
let session: AttackSession;

beforeAll(async () => {
  session = await AttackSession.open();
});
afterAll(() => session?.[Symbol.asyncDispose]());

test("every attack has an id of its own, and every control", () => {
  const ids = attacks.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const controls = new Set(attacks.map(({ control }) => control));
  expect(new Set([...controls].map(({ id }) => id)).size).toBe(controls.size);
});

test("docs/attacks.md is up to date (`node test/attacks/write-page.ts` writes it)", () => {
  expect(readFileSync(path.join(repositoryRoot, "docs/attacks.md"), "utf8")).toBe(attacksPage(attacks));
});

test.for(shownElsewhere)("$id is shown by $shownBy", ({ id, shownBy }) => {
  expect(readFileSync(path.join(repositoryRoot, shownBy), "utf8")).toContain(id);
});

describe.concurrent("attacks", () => {
  test.for(named)("$name", async (attempt) => {
    const { held, observed } = await session.attempt(attempt);
    expect({ held, observed }).toEqual({ held: attempt.control === "on", observed });
  });
});

test("no attempt leaves a container", async () => {
  await expect.poll(() => session.leftContainers(), { timeout: 15_000 }).toEqual([]);
});
