/** Who may import whom: the table of docs/architecture.md, "Layers". */
const mayImport = {
  common: [],
  protocol: ["common"],
  vocabulary: [],
  mcp: ["common", "protocol"],
  lua: ["common"],
  language: ["common", "protocol", "vocabulary", "lua"],
  runtime: ["common", "protocol", "vocabulary", "mcp", "lua"],
  sandbox: ["common", "protocol"],
  broker: ["common", "protocol", "mcp"],
  runs: ["common", "protocol", "vocabulary", "language", "sandbox", "broker"],
  review: ["common", "protocol", "vocabulary", "language"],
  report: ["common", "protocol", "vocabulary", "language", "runs", "review"],
  web: ["common", "protocol", "language", "runs"],
  "language-server": ["common", "protocol", "vocabulary", "lua", "language"],
  "debug-adapter": ["common", "protocol", "runs"],
  cli: [
    "common",
    "protocol",
    "vocabulary",
    "lua",
    "language",
    "sandbox",
    "broker",
    "runs",
    "review",
    "report",
    "language-server",
    "debug-adapter",
  ],
  extension: ["common", "protocol", "vocabulary", "language", "runs", "review", "report", "debug-adapter"],
};

/** Packages that only one place may use. */
const packageHomes = {
  wasmoon: "^lua/wasm/",
  fengari: "^lua/fengari/",
  yaml: "^language/",
  dockerode: "^sandbox/docker/",
  ai: "^broker/models/",
  "@ai-sdk/": "^broker/models/",
  "@vscode/debugadapter": "^debug-adapter/",
  vscode: "^(extension|test/editor)/",
  "monaco-languageclient": "^web/editor/",
  "@codingame/": "^web/editor/",
  "vscode-languageclient": "^extension/",
  "vscode-languageserver": "^language-server/",
  "@modelcontextprotocol/": "^mcp/",
  "@cucumber/": "^language/embedded/gherkin/",
  "csv-parse": "^(runtime/formats|runs/evaluation)/",
  "csv-stringify": "^runtime/formats/",
  h5wasm: "^runtime/formats/",
  hyparquet: "^runtime/formats/",
  "read-excel-file": "^runtime/formats/",
  "write-excel-file": "^runtime/formats/",
};

const layers = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `layer-${folder}`,
  severity: "error",
  from: { path: `^${folder}/`, pathNot: "\\.test\\.ts$" },
  to: {
    path: `^(${Object.keys(mayImport)
      .concat("test", "bench", "scripts")
      .filter((other) => other !== folder && !allowed.includes(other))
      .join("|")})/`,
  },
}));

const homes = Object.entries(packageHomes).map(([name, home]) => ({
  name: `package-${name.replace(/\W/g, "")}`,
  severity: "error",
  from: { pathNot: `${home}|^(test|bench|scripts)/|^node_modules/` },
  to: { path: `(^|node_modules/)${name}${name.endsWith("/") ? "" : "(/|$)"}` },
}));

export default {
  forbidden: [
    ...layers,
    ...homes,
    {
      name: "no-cycles",
      severity: "error",
      from: { path: "^[a-z-]+/", pathNot: "node_modules" },
      to: { circular: true },
    },
    {
      name: "child-processes-only-where-allowed",
      severity: "error",
      from: {
        pathNot:
          "^(sandbox/|extension/activation/|mcp/|runtime/(plugins|self-test)/|broker/host-tools/|review/git/|test|bench|scripts)",
      },
      to: { path: "^(node:)?child_process$" },
    },
    {
      name: "network-only-where-allowed",
      severity: "error",
      from: {
        pathNot:
          "^(broker/|report/live/|sandbox/(docker|self-test)/|runtime/self-test/|test|bench|scripts|node_modules)",
      },
      to: { path: "^(node:)?(net|http|https|http2|tls|dgram|dns)$" },
    },
    {
      name: "pages-see-pure-code-only",
      severity: "error",
      from: { path: "^web/" },
      to: { path: "^runs/(?!tree/)" },
    },
    {
      name: "no-node-in-pure-folders",
      severity: "error",
      from: {
        path: "^(common|protocol|vocabulary|language|web|runs/tree|review/(assessment|trees))/",
        pathNot: "\\.test\\.ts$",
      },
      to: { dependencyTypes: ["core"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|\\.cache)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".mjs", ".js", ".json"],
    },
  },
};
