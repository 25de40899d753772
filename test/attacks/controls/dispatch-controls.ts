import type { Control } from "./control.ts";

const desk = "broker/dispatch/request-desk.ts";

/** The number of a request is used once. */
export const freshRequests: Control = {
  id: "fresh-requests",
  off: [{ file: desk, from: "if (request.id <= this.#lastId) return false;", to: "" }],
};

/** So many requests of a run are under way at one time. */
export const boundedConcurrency: Control = {
  id: "bounded-concurrency",
  off: [{ file: desk, from: "if (this.#underWay >= maximumConcurrent)", to: "if (false)" }],
};

/** Each method is served so often a second. */
export const boundedRate: Control = {
  id: "bounded-rate",
  off: [{ file: "broker/dispatch/request-method.ts", from: "await rate.take(signal);", to: "void rate;" }],
};

/** What is not in the table of methods is denied. */
export const tableOfMethods: Control = {
  id: "table-of-methods",
  off: [
    { file: desk, from: "Object.hasOwn(methods, name) ? methods[name] : undefined", to: "methods[name]" },
    { file: desk, from: "startDeadline(method.limits.deadlineSeconds)", to: "startDeadline(1)" },
  ],
};

/** Denied requests are written down, and only so many of them. */
export const boundedDenials: Control = {
  id: "bounded-denials",
  off: [
    { file: desk, from: "if (this.#denialLogs++ < maximumDenialLogs)", to: "if (this.#denialLogs++ < 1e9)" },
  ],
};

/** Parameters of a request are what its method declares; all else is dropped before anybody reads it. */
export const declaredParameters: Control = {
  id: "declared-parameters",
  off: [
    {
      file: "broker/dispatch/request-method.ts",
      from: "return serve(parsed.data, signal, call);",
      to: "return serve(params as Params, signal, call);",
    },
    { file: "protocol/wire/messages.ts", from: "params: json", to: "params: z.any() ?? json" },
    {
      file: "protocol/wire/frames.ts",
      from: "prototypeName.test(line) ? JSON.parse(line, withoutPrototype) : JSON.parse(line)",
      to: "JSON.parse(line)",
    },
  ],
};

/** Only host tools that config names as allowed are there. */
export const allowedTools: Control = {
  id: "allowed-tools",
  off: [
    {
      file: "broker/host-tools/host-tools.ts",
      from: "for (const name of allowed) {",
      to: "for (const name of [...allowed, ...Object.keys(declared)]) {",
    },
  ],
};

/** The name of a host tool is compared as it is. */
export const exactNames: Control = {
  id: "exact-names",
  off: [
    {
      file: "broker/host-tools/host-tools.ts",
      from: "const tools = allowedTools(options);",
      to: 'const tools = new (class extends Map<string, Result<RuledHostTool, Refusal>> { override get(name: string) { return super.get(name.normalize("NFKC").toLowerCase().replace(/[^a-z_.]/g, "")); } })(allowedTools(options));',
    },
  ],
};

/** Arguments of a host tool fit its schema. */
export const checkedArguments: Control = {
  id: "checked-arguments",
  off: [
    {
      file: "broker/host-tools/ruled-host-tool.ts",
      from: "if (checked.ok) return checked;",
      to: "if (checked.ok || parameters) return ok(parameters);",
    },
  ],
};

/** Arguments of a host tool have a largest size. */
export const boundedArguments: Control = {
  id: "bounded-arguments",
  off: [
    {
      file: "broker/host-tools/ruled-host-tool.ts",
      from: "if (Buffer.byteLength(JSON.stringify(parameters)) > argumentBytes)",
      to: "if (argumentBytes < 0)",
    },
  ],
};

/** Leave is given for one call, unless config says that one answer holds for the run. */
export const leaveForOneCall: Control = {
  id: "leave-for-one-call",
  off: [
    {
      file: "broker/host-tools/ruled-host-tool.ts",
      from: '(approval === "once" && this.#isApproved)',
      to: "this.#isApproved",
    },
  ],
};

/** What the code that was looked at never asks for is denied. */
export const manifestGate: Control = {
  id: "manifest-gate",
  off: [
    {
      file: "broker/dispatch/manifest-gate.ts",
      from: "return stranger ? this.#deny(stranger) : serve(params, signal, call);",
      to: "return serve(params, signal, call);",
    },
  ],
};
