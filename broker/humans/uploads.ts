import path from "node:path";
import mime from "mime";
import { isJsonObject, type Json, type JsonObject } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { type HumanQuestion, takesSeveral } from "#protocol/humans/human-question.ts";
import type { WorkspaceService } from "../services.ts";

/** The files of the run: a person hands over one that the procedure can read. */
export type UploadFiles = Pick<WorkspaceService, "status">;

/** Bytes of one file when the question sets no limit. */
const usualLargest = 10 * 1024 * 1024;

/** A handed-over file as the procedure gets it: `File.read(path)` reads it. */
interface UploadedFile extends JsonObject {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly mime_type: string;
}

/** What is wrong with handed-over files, by what the question accepts. */
export function uploadProblem(question: HumanQuestion, answer: Json): string | undefined {
  const several = takesSeveral(question);
  if (several !== Array.isArray(answer)) {
    return several ? "An upload of several files is answered with a list." : "An upload is one file.";
  }
  const files: readonly Json[] = Array.isArray(answer) ? answer : [answer];
  if (files.length === 0) return "No file is given.";
  return files.map((file) => fileProblem(question, file)).find((problem) => problem !== undefined);
}

function fileProblem({ details }: HumanQuestion, file: Json): string | undefined {
  if (!isUploadedFile(file)) return "A file is given by its path in the workspace.";
  const largest = typeof details["max_size"] === "number" ? details["max_size"] : usualLargest;
  if (file.size > largest) return `${file.name} has ${file.size} bytes; ${largest} are allowed.`;
  const accepted = acceptedKinds(details["accept"]);
  if (accepted.length === 0 || accepted.some((kind) => isOfKind(file, kind))) return undefined;
  return `${file.name} is not of an accepted kind: ${accepted.join(", ")}.`;
}

function isUploadedFile(file: Json): file is UploadedFile {
  return (
    isJsonObject(file) &&
    typeof file["path"] === "string" &&
    typeof file["name"] === "string" &&
    typeof file["size"] === "number" &&
    typeof file["mime_type"] === "string"
  );
}

function acceptedKinds(accept: Json | undefined): readonly string[] {
  const kinds = typeof accept === "string" ? accept.split(",") : Array.isArray(accept) ? accept : [];
  return kinds.flatMap((kind: Json) => (typeof kind === "string" && kind.trim() ? [kind.trim()] : []));
}

/** A kind is an ending (`.csv`, `csv`), a type (`text/csv`), all types of a family (`image/*`), or anything. */
function isOfKind({ name, mime_type: type }: UploadedFile, kind: string): boolean {
  const wanted = kind.toLowerCase();
  if (wanted === "*" || wanted === "*/*") return true;
  if (wanted.endsWith("/*")) return type.startsWith(wanted.slice(0, -1));
  if (wanted.includes("/")) return type === wanted;
  return name.toLowerCase().endsWith(`.${wanted.replace(/^\*?\./, "")}`);
}

/**
 * Fills in what the workspace knows of the files that a person names: their size and type are never taken from the
 * answer. A path that the procedure may not read is refused.
 */
export async function uploadedFiles(given: Json, files: UploadFiles): Promise<Result<Json, string>> {
  if (!Array.isArray(given)) return uploadedFile(given, files);
  const uploaded: Json[] = [];
  for (const item of given) {
    const file = await uploadedFile(item, files);
    if (!file.ok) return file;
    uploaded.push(file.value);
  }
  return ok(uploaded);
}

async function uploadedFile(given: Json, files: UploadFiles): Promise<Result<UploadedFile, string>> {
  const name = isJsonObject(given) ? given["path"] : given;
  if (typeof name !== "string" || name === "") return fail("A file is given by its path in the workspace.");
  const status = await files.status({ path: name });
  if (!status.ok) return fail(status.error.message);
  if (!status.value.exists)
    return fail(`There is no file ${JSON.stringify(name)} that the procedure can read.`);
  return ok({
    path: name,
    name: path.posix.basename(name),
    size: status.value.bytes,
    mime_type: mime.getType(name) ?? "application/octet-stream",
  });
}
