import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { connectPlace, dataPlace, reportMark } from "#protocol/page/page-data.ts";

/** The page of reports: one file with everything in it but the data, which the host puts in (`report/`). */
export const reportPageFile = "dist/web/report.html";

/**
 * Packs the bundles into the page. It opens from a disk, where a browser loads no modules and starts no workers by
 * their addresses: the page's own script stands in it, and is all that its policy lets run, by its hash; that script
 * adds the rest out of the packed parts when they are needed.
 */
export async function writeReportPage(): Promise<void> {
  const [script = "", style = "", ...parts] = await Promise.all(
    ["page.js", "style.css", "editor.js", "editor.css", "editor-worker.js"]
      .map((name) => `dist/web/${name}`)
      .concat("dist/language-server/browser.js")
      .map((file) => readFile(file, "utf8")),
  );
  const [editorScript, editorStyle, editorWorker, languageServer = ""] = parts;
  const packed = packedText({
    script: editorScript,
    style: editorStyle,
    editorWorker,
    // Its map is a file beside it, which the page does not have.
    languageServer: languageServer.replace(/\n\/\/# sourceMappingURL=.*\s*$/, ""),
  });
  await writeFile(reportPageFile, page({ script, style, packed }));
}

function page({ script, style, packed }: Readonly<Record<"script" | "style" | "packed", string>>): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(script)}">
${reportMark}
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>Tactus</title>
<style>${style}</style>
</head>
<body>
<noscript>This report needs JavaScript. All of it is in this file; nothing is fetched.</noscript>
<script type="application/octet-stream" id="data">${dataPlace}</script>
<script>${script}</script>
<script type="application/octet-stream" id="editor-parts">${packed}</script>
</body>
</html>
`;
}

/** Styles can't be told by their hashes: Monaco makes them as it goes. Without a network they can tell nobody anything. */
function policy(script: string): string {
  const hash = createHash("sha256").update(script).digest("base64");
  return [
    "default-src 'none'",
    `script-src 'sha256-${hash}' 'strict-dynamic'`,
    "style-src 'unsafe-inline'",
    "font-src data:",
    "img-src data:",
    "worker-src blob:",
    `connect-src ${connectPlace}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** gzip in base64: what is in it can't end the block that holds it. */
function packedText(parts: object): string {
  return gzipSync(JSON.stringify(parts), { level: 9 }).toString("base64");
}
