import { isJsonObject, type Json, parseJsonSafely } from "#common/json.ts";
import { RequestRefused, type RuntimePorts } from "../ports.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import type { NaiveBayesBackend } from "./model-definition.ts";
import { type NaiveBayesModel, trainNaiveBayes } from "./naive-bayes.ts";

type Ports = Pick<RuntimePorts, "request">;

/** Reads or trains the classifier; undefined when the registry has none of this name. Throws ProcedureFailure. */
export function loadNaiveBayes(
  owner: string,
  backend: NaiveBayesBackend,
  ports: Ports,
): NaiveBayesModel | undefined {
  switch (backend.source) {
    case "examples":
      return trainNaiveBayes(backend.examples, backend.alpha);
    case "file":
      return readModelFile(owner, backend.path, ports);
    case "registry": {
      const path = registeredPath(backend, ports);
      return path === undefined ? undefined : readModelFile(owner, path, ports);
    }
  }
}

/** `<directory>/<name>/<version>.json`; `latest` is the last by name, or `<directory>/<name>.json`. */
function registeredPath(
  { directory, name, version }: Extract<NaiveBayesBackend, { source: "registry" }>,
  ports: Ports,
): string | undefined {
  const folder = `${directory}/${name}`;
  if (version !== "latest") return existing(`${folder}/${version}.json`, ports);
  const newest = versions(folder, ports).at(-1);
  return newest === undefined ? existing(`${folder}.json`, ports) : `${folder}/${newest}`;
}

function versions(folder: string, ports: Ports): readonly string[] {
  try {
    const { entries } = ports.request("file.list", { path: folder });
    const files = entries.filter(({ name, directory }) => !directory && name.endsWith(".json"));
    return files.map(({ name }) => name).sort(byVersion);
  } catch (thrown) {
    if (thrown instanceof RequestRefused && thrown.code === "file-not-found") return [];
    throw thrown;
  }
}

/** `v10` is after `v9`. */
function byVersion(one: string, other: string): number {
  return one.localeCompare(other, "en", { numeric: true });
}

function existing(path: string, ports: Ports): string | undefined {
  return ports.request("file.status", { path }).exists ? path : undefined;
}

function readModelFile(owner: string, path: string, ports: Ports): NaiveBayesModel {
  const { text } = ports.request("file.read", { path });
  const model = modelOf(json(text));
  if (model) return model;
  throw new ProcedureFailure(
    "model-file-invalid",
    `${owner}: ${path} is no exported naive Bayes model; docs/models.md says what such a file holds.`,
  );
}

/** The model of a file; undefined when something is missing or does not fit together. */
function modelOf(file: Json | undefined): NaiveBayesModel | undefined {
  if (!isJsonObject(file) || file["format"] !== "naive-bayes") return undefined;
  const { labels, vocabulary, idf, class_log_prior: prior, feature_log_prob: rows } = file;
  const ngrams = file["ngram_range"] ?? [1, 1];
  if (!isTexts(labels) || !isNumbers(idf) || !isNumbers(prior) || !isNumbers(ngrams)) return undefined;
  if (!isJsonObject(vocabulary) || !isNumbers(Object.values(vocabulary))) return undefined;
  if (!Array.isArray(rows) || !rows.every(isNumbers)) return undefined;
  const [shortest = 1, longest = shortest] = ngrams;
  const fits =
    prior.length === labels.length &&
    rows.length === labels.length &&
    rows.every((row) => row.length === idf.length) &&
    longest <= longestNgram;
  return fits
    ? {
        labels,
        vocabulary: new Map(Object.entries(vocabulary).map(([term, column]) => [term, Number(column)])),
        idf,
        classLogPrior: prior,
        featureLogProb: rows,
        ngrams: [shortest, longest],
      }
    : undefined;
}

/** Words of one term; a longer one would only make each prediction slow. */
const longestNgram = 5;

function isNumbers(value: Json | undefined): value is readonly number[] {
  return Array.isArray(value) && value.every((item) => typeof item === "number");
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "string");
}

function json(text: string): Json | undefined {
  try {
    return parseJsonSafely(text);
  } catch {
    // Not JSON at all; the failure says what is expected instead.
    return undefined;
  }
}
