import { expect, test } from "vitest";
import { DisposableList } from "./disposal.ts";

function recorder() {
  const disposed: string[] = [];
  return { disposed, item: (name: string) => ({ dispose: () => void disposed.push(name) }) };
}

test("items are released in reverse order, each once", async () => {
  const { disposed, item } = recorder();
  const list = new DisposableList();
  list.add(item("first"));
  list.add(item("second"));
  await list.dispose();
  await list.dispose();
  expect(disposed).toEqual(["second", "first"]);
});

test("what is added after the end is released at once", async () => {
  const { disposed, item } = recorder();
  const list = new DisposableList();
  await list.dispose();
  list.add(item("latecomer"));
  expect(disposed).toEqual(["latecomer"]);
});

test("a failing item does not keep the others, and its error is not lost", async () => {
  const { disposed, item } = recorder();
  const list = new DisposableList();
  list.add(item("kept"));
  list.add({
    dispose: () => {
      throw new Error("stuck");
    },
  });
  await expect(list.dispose()).rejects.toThrow("stuck");
  expect(disposed).toEqual(["kept"]);
});
