import { gzipSync } from "node:zlib";
import { connectPlace, dataPlace, type PageData } from "#protocol/page/page-data.ts";

/**
 * The page with its data in it. `template` is what the build made (`dist/web/report.html`). The data is packed, and so
 * can't be markup; a page on a disk may connect to nobody, a live one to the server that it came from.
 */
export function reportHtml(template: string, data: PageData): string {
  const packed = gzipSync(JSON.stringify(data), { level: 9 }).toString("base64");
  return template
    .replace(connectPlace, data.kind === "live" ? "'self'" : "'none'")
    .replace(dataPlace, () => packed);
}
