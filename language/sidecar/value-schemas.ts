import * as z from "zod";
import { secretVariable } from "#language/sidecar/secret-names.ts";
import { parseSize } from "#language/sidecar/sizes.ts";

/** Schemas of single values of config files. What is refused here is refused at the start of a run as well. */

/** What each value must be, in words that follow "must be". A check of its own may say it more exactly. */
export const expectations: z.core.$ZodRegistry<{ expected: string }> = z.registry<{ expected: string }>();

/** Notes what a value must be, in words that follow "must be". */
export function expecting<Schema extends z.ZodType>(expected: string, schema: Schema): Schema {
  expectations.add(schema, { expected });
  return schema;
}

const mebibyte = 1024 ** 2;
const noSecret = "the name of a variable that is no secret (keys stay outside the sandbox: use a host tool)";

/** Names that change how Node or the loader starts; sandbox/policy refuses them too, and a test compares the two. */
const startingNames =
  /^(LD_|NODE_|UV_|GLIBC_|MALLOC_|GCONV_)|^(PATH|HOME|TMPDIR|OPENSSL_CONF|SSLKEYLOGFILE)$/i;

export const text: z.ZodString = expecting("text", z.string().min(1));
export const texts: z.ZodArray<z.ZodString> = expecting("a list of texts", z.array(text));
export const flag: z.ZodBoolean = expecting("true or false", z.boolean());
export const seconds: z.ZodNumber = expecting(
  "a number of seconds above 0",
  z.number().positive().max(86_400),
);
export const dollars: z.ZodNumber = expecting(
  "a number of US dollars from 0 to 100000",
  z.number().nonnegative().max(100_000),
);
export const count: z.ZodInt = expecting(
  "a whole number from 0 to 1000000000",
  z.int().min(0).max(1_000_000_000),
);
export const retries: z.ZodInt = expecting("a whole number from 0 to 10", z.int().min(0).max(10));
export const address: z.ZodURL = expecting("an http or https address", z.url({ protocol: /^https?$/ }));

export const variableName: z.ZodString = expecting(
  "a variable name",
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/),
);

export const toolName: z.ZodString = expecting(
  "a name of letters, digits, `_`, `-` and `.`",
  z.string().regex(/^[A-Za-z_][\w.-]*$/),
);

/** A variable that may be set inside the sandbox. */
export const sandboxVariable: z.ZodString = expecting(
  noSecret,
  z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { abort: true, error: "a variable name" })
    .refine((name) => !secretVariable.test(name), { abort: true, error: noSecret })
    .refine((name) => !startingNames.test(name), {
      error: "a variable that does not change how the sandbox starts",
    }),
);

export const sandboxValue: z.ZodUnion<[z.ZodString, z.ZodNumber, z.ZodBoolean]> = expecting(
  "text, a number or true/false",
  z.union([z.string().regex(/^[^\0]*$/), z.number(), z.boolean()]),
);

export const networkName: z.ZodString = expecting(
  "`none` or the name of a container network (never the host's own network)",
  z.string().regex(/^(?!(?:[Hh][Oo][Ss][Tt]|[Dd][Ee][Ff][Aa][Uu][Ll][Tt])$)[A-Za-z0-9_][\w.-]*$/),
);

export const imageName: z.ZodString = expecting(
  "the name of a container image",
  z.string().regex(/^\w[\w.\-/:@]*$/),
);

export const size: z.ZodString = expecting(
  "a size like 512m or 2g (at least 128m)",
  z
    .string()
    .regex(/^\d+(\.\d+)?[bkmgBKMG]?$/, { abort: true })
    .refine((value) => isMemory(parseSize(value))),
);

/** Bytes of what crosses between a procedure and the host. */
export const dataSize: z.ZodString = expecting(
  "a size like 64k or 1m (at most 4m)",
  z
    .string()
    .regex(/^\d+(\.\d+)?[bkmBKM]?$/, { abort: true })
    .refine((value) => isMessagePart(parseSize(value))),
);

/** A header that a request may set; those of the connection belong to whoever makes it. */
export const headerName: z.ZodString = expecting(
  "the name of a header that is not of the connection itself",
  z
    .string()
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/)
    .refine((name) => !/^(host|content-length|transfer-encoding|connection|idempotency-key)$/i.test(name)),
);

export const moduleFile: z.ZodString = expecting(
  "the path of a JavaScript file (.mjs, .js or .cjs)",
  z.string().regex(/^[^\0]+\.(mjs|cjs|js)$/),
);

export const cpuCount: z.ZodUnion<[z.ZodNumber, z.ZodString]> = expecting(
  "a number of processors like 2 or 0.5",
  z.union([
    z.number().positive().max(1024),
    z.string().regex(/^(?!0+(\.0*)?$)(?:\d{1,3}(?:\.\d+)?|10[01]\d(?:\.\d+)?|102[0-3](?:\.\d+)?|1024)$/),
  ]),
);

function isMessagePart(bytes: number | undefined): boolean {
  return bytes !== undefined && bytes >= 1 && bytes <= 4 * mebibyte;
}

function isMemory(bytes: number | undefined): boolean {
  return bytes !== undefined && bytes >= 128 * mebibyte && Number.isSafeInteger(bytes);
}
