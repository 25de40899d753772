import { afterAll, afterEach, beforeAll } from "vitest";
import { changedRepository } from "./planted-programs.ts";
import type { TestRepository } from "./repository.ts";

/** Copies of one changed repository for the tests of a file; they are gone after the test that asked for them. */
export interface RepositoryCopies {
  copy(): Promise<TestRepository>;
  /** Another repository that is to be gone after the test. */
  keep(repository: TestRepository): void;
}

export function copiesOfChangedRepository(): RepositoryCopies {
  const opened: TestRepository[] = [];
  let template: TestRepository;
  beforeAll(async () => {
    template = await changedRepository();
  });
  afterEach(async () => {
    for (const repository of opened.splice(0)) await repository.remove();
  });
  afterAll(() => template.remove());
  return {
    async copy() {
      const copy = await template.copy();
      opened.push(copy);
      return copy;
    },
    keep: (repository) => opened.push(repository),
  };
}
