import * as z from "zod";
import { capabilities } from "../capabilities.ts";
import { launchArguments } from "../launch-arguments.ts";
import { AdapterProblem } from "../problems.ts";
import { type RequestHandler, request } from "./request.ts";

const nothing = z.object({});

/** Requests about the session itself. */
export const lifecycleRequests: Readonly<Record<string, RequestHandler>> = {
  initialize: request(
    z.object({ pathFormat: z.string().optional() }),
    (_session, { pathFormat = "path" }) => {
      if (pathFormat !== "path")
        throw new AdapterProblem(
          "debug-arguments",
          "Files are named by paths, not by URIs: set pathFormat to 'path'.",
        );
      return capabilities;
    },
  ),
  launch: request(launchArguments, async (session, launch) => {
    if (launch.program === undefined && launch.run === undefined)
      throw new AdapterProblem(
        "debug-arguments",
        "Name what to debug: `program`, a .tac file, or `run`, a run of the past.",
      );
    await session.launch(launch);
  }),
  configurationDone: request(nothing, (session) => session.configured()),
  restart: request(z.object({ arguments: launchArguments.optional() }), (session, given) =>
    session.restart(given.arguments),
  ),
  terminate: request(nothing, (session) => session.terminate()),
  disconnect: request(z.object({ suspendDebuggee: z.boolean().optional() }), (session, { suspendDebuggee }) =>
    session.leave({ suspend: suspendDebuggee ?? false }),
  ),
};
