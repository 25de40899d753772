import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { reviewChange } from "#review/review-change.ts";
import { changedRepository, plantedPrograms, plantProgram } from "./planted-programs.ts";
import type { TestRepository } from "./repository.ts";

const { signal } = new AbortController();
let template: TestRepository;
const opened: TestRepository[] = [];

beforeAll(async () => {
  template = await changedRepository();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const repository of opened.splice(0)) await repository.remove();
});

afterAll(() => template.remove());

test.for(plantedPrograms)("a review does not execute what git does: $name", async (planted) => {
  const repository = await template.copy();
  opened.push(repository);
  const { program, isExecuted } = await plantProgram(planted, repository);
  const temporary = path.join(repository.outside, "temporary");
  await mkdir(temporary);
  vi.stubEnv("TMPDIR", temporary);
  for (const [name, value] of Object.entries(planted.environment?.(repository, program) ?? {}))
    vi.stubEnv(name, value);
  const change = { kind: "commits", repository: repository.folder, base: "main", head: "head" } as const;
  const review = await reviewChange(change, { signal });
  const files = review.ok ? review.value.report.files.map(({ file }) => file) : review.error.code;
  if (review.ok) await review.value.dispose();
  expect(files).toEqual(planted.isPartial ? "object-missing" : expect.arrayContaining(["a.tac", "new.tac"]));
  expect(await isExecuted()).toBe(false);
  expect(await readdir(temporary)).toEqual([]);

  await planted.executedBy(repository, program);
  expect(await isExecuted()).toBe(true);
});
