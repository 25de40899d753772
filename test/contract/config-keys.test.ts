import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { configKindOf } from "#language/sidecar/config-kind.ts";
import { configSchema, sidecarSchema } from "#language/sidecar/config-schema.ts";
import { whyNeverMounted } from "#language/sidecar/guarded-places.ts";
import { secretVariable } from "#language/sidecar/secret-names.ts";
import { sandboxVariable } from "#language/sidecar/value-schemas.ts";
import { checkPolicy } from "#sandbox/policy/check-policy.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import { forbiddenPlaces, secretNames } from "#sandbox/policy/forbidden-places.ts";
import { configKeys } from "#vocabulary/config-keys.ts";

/** The schema at each dotted path; `*` for the keys of a record. */
function schemasOf(schema: z.core.$ZodType, prefix = ""): Map<string, z.core.$ZodType> {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
    return schemasOf(schema.unwrap(), prefix);
  const below =
    schema instanceof z.ZodRecord
      ? [["*", schema.valueType] as const]
      : schema instanceof z.ZodObject
        ? Object.entries<z.core.$ZodType>(schema.shape)
        : [];
  return new Map(
    below.flatMap(([key, value]) => [
      [`${prefix}${key}`, value] as const,
      ...schemasOf(value, `${prefix}${key}.`),
    ]),
  );
}

const schemas = { sidecar: schemasOf(sidecarSchema), config: schemasOf(configSchema) };

test("the vocabulary and the schemas of both files name the same keys", () => {
  const paths = configKeys.map((key) => key.path);
  expect(paths.toSorted()).toEqual([...schemas.sidecar.keys()].toSorted());
  const ofBoth = configKeys.filter(({ onlyIn }) => onlyIn === undefined).map((key) => key.path);
  expect(ofBoth.toSorted()).toEqual([...schemas.config.keys()].toSorted());
});

test("no key is listed twice", () => {
  const paths = configKeys.map((key) => key.path);
  expect(paths.filter((path, index) => paths.indexOf(path) !== index)).toEqual([]);
});

describe("every key says what it may hold, and its schema accepts that", () => {
  test.for(configKeys)("$path", ({ path, doc, default: whenAbsent, examples, values }) => {
    const shown = [...(examples ?? []), ...(values ?? []), ...(whenAbsent === undefined ? [] : [whenAbsent])];
    expect(doc).toMatch(/^[A-Z`].*[.]$/);
    expect(shown).not.toEqual([]);
    for (const value of shown) {
      const schema = schemas.sidecar.get(path);
      expect(schema && z.safeParse(schema, value), JSON.stringify(value)).toMatchObject({ success: true });
    }
  });
});

test("the extension gives each of the two files its schema, from its own folder", () => {
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8"));
  const validations: ReadonlyArray<{ fileMatch: readonly string[]; url: string }> =
    contributes.yamlValidation;
  expect(validations.map(({ url }) => url)).toEqual([
    "./schemas/sidecar.schema.json",
    "./schemas/config.schema.json",
  ]);
  for (const { fileMatch, url } of validations)
    for (const pattern of fileMatch) expect(url).toContain(`/${configKindOf(pattern)}.`);
});

test.for(["config", "sidecar"])("the %s schema refers to nothing outside of itself", (kind) => {
  const text = readFileSync(`schemas/${kind}.schema.json`, "utf8");
  const references = [...text.matchAll(/"\$(?:ref|dynamicRef|id)": "([^"]*)"/g)].map(([, to]) => to);
  expect(references.filter((to) => !to?.startsWith("#"))).toEqual([]);
  expect(text).toContain('"$schema": "https://json-schema.org/draft/2020-12/schema"');
});

describe("what the sandbox refuses is refused when the file is read", () => {
  const names = ["STAGE", "LD_PRELOAD", "NODE_OPTIONS", "PATH", "UV_THREADPOOL_SIZE", "HOME", "A=B", "PATHS"];
  test.for(names)("variable %s", (name) => {
    const policy = { ...defaultPolicy("r"), environment: { [name]: "x" } };
    const granted = checkPolicy(policy, { trees: [], roots: [] }).ok;
    expect(sandboxVariable.safeParse(name).success).toBe(granted && !secretVariable.test(name));
  });
});

describe("a mount that the sandbox never grants is told in the file", () => {
  const home = "/home/ada";
  const { trees, roots } = forbiddenPlaces(["/srv/engine/docker.sock"], home);
  const named = [...secretNames].map((name) => `/srv/backup/${name}/x`);
  test.for([...trees, ...trees.map((tree) => `${tree}/inside`), ...roots, ...named])("%s", (place) => {
    expect(whyNeverMounted(place, { home })).toBeDefined();
  });

  test.for(["/srv/data", `${home}/data`, "/opt/x", "/usr/share/dict", "/var/data"])(
    "but %s is granted",
    (place) => {
      expect(whyNeverMounted(place, { home })).toBeUndefined();
    },
  );
});
