import { expect, test } from "vitest";
import { ClockLog, ClockReader } from "./recorded-clock.ts";

test.for([
  { name: "nothing", times: [], kept: undefined },
  { name: "times that pass", times: [1005, 1010], kept: [5, 5] },
  { name: "repetitions", times: [1000, 1000, 1000, 1001, 1001], kept: [0, -2, 1, -1] },
  { name: "a clock that is set back", times: [1005, 900, 1006], kept: [5, -1, 1] },
])("$name", ({ times, kept }) => {
  const log = new ClockLog(1000);
  const given = times.map((time) => log.add(time));
  const taken = log.take();
  expect(taken).toEqual(kept);
  const reader = new ClockReader(taken);
  let last = 1000;
  const again = given.map(() => {
    last = reader.next(last) ?? Number.NaN;
    return last;
  });
  expect(again).toEqual(given);
  expect(reader.next(last)).toBeUndefined();
});

test("the time after an entry that was read in part", () => {
  const reader = new ClockReader([5, -3, 2, 4]);
  expect(reader.next(100)).toBe(105);
  expect(reader.next(105)).toBe(105);
  expect(reader.end(105)).toBe(111);
});

test("a loop that waits for a second leaves a bounded log", () => {
  const log = new ClockLog(0);
  for (let read = 0; read < 1_000_000; read++) log.add(Math.floor(read / 1000));
  expect(log.length).toBeLessThanOrEqual(2000);
});
