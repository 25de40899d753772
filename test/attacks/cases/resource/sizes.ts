import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { maximumFileBytes, maximumWholeBytes } from "#sandbox/workspace/workspace.ts";
import { type Attack, outcome } from "../../attack.ts";
import { boundedLists, boundedSources, writeBudget } from "../../controls/size-controls.ts";
import { planOf } from "../../world/plan.ts";
import { servedWorkspace } from "../../world/workspace.ts";

const common = { threat: "T19", places: ["host"] } satisfies Pick<Attack, "threat" | "places">;
const mebibyte = 1024 * 1024;

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "resource-writes-without-end",
    title: "writes the largest file that is taken again and again",
    success: "a run writes more than 256 MiB",
    control: writeBudget,
    attempt: async (world) => {
      const workspace = await servedWorkspace(world, "none");
      const text = "x".repeat(maximumFileBytes);
      let written = 0;
      for (let turn = 0; turn < 140; turn++) {
        if ((await workspace.write({ path: "same.txt", text })).ok) written += text.length;
      }
      return outcome(written > 256 * mebibyte, `${written / mebibyte} MiB were written`);
    },
  },
  {
    ...common,
    id: "resource-one-huge-file",
    title: "announces a file of which the host would keep room for all of it",
    success: "its first piece is taken",
    control: writeBudget,
    attempt: async (world) => {
      const workspace = await servedWorkspace(world, "none");
      const piece = { path: "huge.bin", offset: 0, size: maximumWholeBytes + mebibyte, base64: "QQ==" };
      const answer = await workspace.writeBytes(piece);
      return outcome(answer.ok, `the piece was ${answer.ok ? "" : "not "}taken`);
    },
  },
  {
    ...common,
    id: "resource-folder-of-ten-thousand",
    title: "lists a folder with more entries than one answer should hold",
    success: "the list is made",
    control: boundedLists,
    attempt: async (world) => {
      const folder = path.join(world.folder, "many");
      mkdirSync(folder);
      for (let index = 0; index <= 10_000; index++) writeFileSync(path.join(folder, `${index}`), "");
      const workspace = await servedWorkspace(world, "mount");
      const answer = await workspace.list({ path: "many" });
      return outcome(answer.ok, answer.ok ? `${answer.value.entries.length} entries` : "it was refused");
    },
  },
  {
    ...common,
    id: "resource-config-of-a-megabyte",
    title: "a sidecar of a megabyte of comments, read whenever somebody looks at the folder",
    success: "a run would start with it",
    control: boundedSources,
    attempt: async (world) => {
      world.write({ "attack.tac.yml": `${`# ${"x".repeat(98)}\n`.repeat(12_000)}sandbox: { timeout: 5 }\n` });
      const plan = await planOf(world);
      return outcome(plan.ok, plan.ok ? "a run would start" : plan.error.message.replace(world.folder, ""));
    },
  },
  {
    ...common,
    id: "resource-source-beyond-its-size",
    title: "a procedure of two megabytes",
    success: "a run would start with it",
    control: boundedSources,
    attempt: async (world) => {
      world.write({ "attack.tac": `-- ${"x".repeat(2 * mebibyte)}\nreturn 1\n` });
      const plan = await planOf(world, {}, { fromDisk: true });
      return outcome(plan.ok, plan.ok ? "a run would start" : plan.error.message.replace(world.folder, ""));
    },
  },
];
