import type { Control } from "./control.ts";

/** The run behind a live page is given to whoever has the token of its address. */
export const liveToken: Control = {
  id: "live-token",
  off: [
    {
      file: "report/live/answer-request.ts",
      from: "if (!hasToken(desk, request))",
      to: "if (!hasToken(desk, request) && !request)",
    },
  ],
};

/** The server of a live page answers under its own name only, and to no page of another site. */
export const liveOrigin: Control = {
  id: "live-origin",
  off: [
    {
      file: "report/live/answer-request.ts",
      from: "if (!isFromHere(desk, request))",
      to: "if (!isFromHere(desk, request) && !request)",
    },
  ],
};

/** The data of a page is packed: nothing in it can end the block that holds it. */
export const packedData: Control = {
  id: "packed-data",
  off: [
    {
      file: "report/report-html.ts",
      from: 'gzipSync(JSON.stringify(data), { level: 9 }).toString("base64")',
      to: "gzipSync ? JSON.stringify(data) : data.kind",
    },
  ],
};

/** What a journal says of its file is read under the rules of the workspace. */
export const confinedSources: Control = {
  id: "confined-sources",
  off: [
    {
      file: "runs/session/run-sources.ts",
      from: "const folder = new ConfinedFolder(workspaceRoot);",
      to: 'const folder = new ConfinedFolder("/"); file = new URL(file, "file://" + workspaceRoot + "/").pathname.slice(1);',
    },
  ],
};
