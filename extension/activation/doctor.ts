import type { SandboxReport } from "#runs/session/isolations.ts";
import { whileUnderWay } from "../screen/status-items.ts";
import type { TextDocuments } from "../screen/text-documents.ts";
import { sandboxSetup } from "./sandbox-setup.ts";

/** Shows what isolation this machine can give, control by control, as a plain document. */
export async function showDoctor(extensionFolder: string, documents: TextDocuments): Promise<void> {
  const report = await whileUnderWay(
    { words: "Looking at what isolation this machine can give" },
    async () => {
      const { reportIsolations } = await import("#runs/session/isolations.ts");
      return reportIsolations(await sandboxSetup(extensionFolder));
    },
  );
  const sections = Object.entries(report).map(([name, isolation]) => section(name, isolation));
  await documents.show("Sandbox", sections.join("\n\n"));
}

function section(name: string, report: SandboxReport[keyof SandboxReport]): string {
  if (!report.available) return `${name}: NOT AVAILABLE\n\n${report.message}\n\nWhat to do: ${report.remedy}`;
  const controls = report.controls.map(
    ({ control, status, meaning }) => `  ${status.padEnd(11)}  ${control}: ${meaning}`,
  );
  return [`${name}: available. ${report.description}`, "", ...controls].join("\n");
}
