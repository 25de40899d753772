import { expect, test } from "vitest";
import { openDesk } from "./studio.ts";

/** The build packs the WebAssembly module of the HDF5 library; what is built must still unpack it inside the sandbox. */
test("a built runtime writes and reads HDF5", async () => {
  using desk = openDesk({
    "a.tac": `local hdf5 = require("tactus.io.hdf5")
Procedure { function() hdf5.write("a.h5", "x/y", {1, 2, 3}) return hdf5.read("a.h5", "x/y") end }`,
  });
  const { stdout } = await desk.studio(["run", "a.tac", "--isolation", "embedded", "--json"]);
  expect(JSON.parse(stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({
    status: "completed",
    result: [1, 2, 3],
  });
});
