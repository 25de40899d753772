import type { Control } from "./control.ts";

/** A request of a host tool stays on the server that its declaration names. */
export const sameOrigin: Control = {
  id: "same-origin",
  off: [
    {
      file: "broker/host-tools/http-exchange.ts",
      from: "if (url.origin !== request.url.origin) return undefined;",
      to: "",
    },
  ],
};
