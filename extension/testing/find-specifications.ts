import * as vscode from "vscode";

/** Folders whose files are copies or belong to others. */
const passedOver = "{**/node_modules/**,**/.tactus/**}";

/** More files than a person looks through are not read. */
const mostFiles = 2000;

/** The `.tac` files of the workspace that hold specifications. */
export async function findSpecifications(): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles("**/*.tac", passedOver, mostFiles);
  const holding = await Promise.all(files.filter(({ scheme }) => scheme === "file").map(hasSpecification));
  return holding.flatMap((uri) => uri ?? []);
}

async function hasSpecification(uri: vscode.Uri): Promise<vscode.Uri | undefined> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return /\bSpecifications?\b/.test(text) ? uri : undefined;
  } catch {
    // Gone since it was found.
    return undefined;
  }
}
