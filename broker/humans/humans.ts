import { fail } from "#common/result.ts";
import type { HumanService } from "../services.ts";
import type { HumanFrontEnd } from "./human-front-end.ts";

/** Asks through the front end; without one (nobody is there) the default answers. */
export function createHumans(_frontEnd?: HumanFrontEnd): HumanService {
  return { ask: async () => fail({ code: "human-unavailable", message: "not there yet" }) };
}
