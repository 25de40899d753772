import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { reviewChange } from "#review/review-change.ts";
import { plantedPrograms, plantProgram } from "./planted-programs.ts";
import { copiesOfChangedRepository } from "./repository-copies.ts";

const { signal } = new AbortController();
const repositories = copiesOfChangedRepository();

afterEach(() => void vi.unstubAllEnvs());

test.for(plantedPrograms)("a review does not execute what git does: $name", async (planted) => {
  const repository = await repositories.copy();
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
