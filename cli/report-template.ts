import path from "node:path";

/** The page that the build made. The parts of `dist/` stand beside each other; this one is `dist/cli`. */
export const reportTemplate: string = path.resolve(import.meta.dirname, "../web/report.html");
