import { startVitest } from "vitest/node";
import { TableReporter } from "./table-reporter.ts";

/** `npm run faults [TEXT]`: makes every fault (whose name holds the text) happen and prints the table. Exit code 1 when one ended otherwise. */

const [wanted] = process.argv.slice(2);
process.env["TACTUS_FAULTS"] = "all";
const vitest = await startVitest("test", [], {
  watch: false,
  project: ["faults"],
  reporters: [new TableReporter()],
  ...(wanted !== undefined && { testNamePattern: wanted }),
});
await vitest.close();
