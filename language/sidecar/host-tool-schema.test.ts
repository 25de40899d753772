import { expect, test } from "vitest";
import { readConfig } from "#language/sidecar/read-config.ts";

/** What is wrong with one host tool, without the start of its path. */
function problemsOf(tool: string): string[] {
  const { problems } = readConfig(`host_tools: { tools: { t: ${tool} } }`, "config.yml", "config");
  return problems.map(({ message }) => message.replace("host_tools.tools.t.", ""));
}

test.for([
  "{ command: [git, log, --, '{path}'], input: { path: { type: string } } }",
  `{ command: [awk, '{print $1}', "--x=\${HOME}"] }`,
  "{ request: { url: 'https://a.test/x/{id}?q={id}', headers: { A: 'Bearer {TOKEN}' }, body: { a: ['{id}', 1] }, secrets: [TOKEN] }, input: { id: { type: string } } }",
  "{ request: { url: 'http://[::1]:80/' , method: DELETE }, approval: once, limits: { result_size: 64k } }",
  "{ editor_command: workbench.action.files.saveAll, arguments: [{ all: true }] }",
  "{ module: ./tools.mjs, export: create, env: [TOKEN], approval: each }",
])("a tool may be %s", (tool) => {
  expect(problemsOf(tool)).toEqual([]);
});

test.for([
  ["{ description: x }", '"command" is missing: it must be there, or one of `request`'],
  ["{ command: [a], module: ./a.mjs }", '"module" must be left out, since the tool has `command`'],
  ["{ command: [a], export: x }", '"export" must be left out'],
  ["{ request: { url: 'https://a.test' }, env: [A] }", '"env" must be left out'],
  ["{ editor_command: a, output: text }", '"output" must be left out'],
  [
    "{ command: [a, '{path}'] }",
    '"command.1" must be a text without the place `{path}` (none may stand here)',
  ],
  ["{ command: ['{path}'], input: { path: { type: string } } }", '"command.0" must be a text without'],
  [
    "{ request: { url: 'https://{host}/x' }, input: { host: { type: string } } }",
    '"request.url" must be an http',
  ],
  [
    "{ request: { url: 'https://a.test:{port}/' }, input: { port: { type: integer } } }",
    '"request.url" must be',
  ],
  ["{ request: { url: 'https://a.test{x}' }, input: { x: { type: string } } }", '"request.url" must be'],
  ["{ request: { url: 'https://ada:pw@a.test/' } }", '"request.url" must be'],
  ["{ request: { url: 'https://{u}@a.test/' }, input: { u: { type: string } } }", '"request.url" must be'],
  ["{ request: { url: 'file:///etc/passwd' } }", '"request.url" must be'],
  [
    "{ request: { url: 'https://a.test/{TOKEN}', secrets: [TOKEN] } }",
    '"request.url" must be a text without the place',
  ],
  ["{ request: { url: 'https://a.test', headers: { 'A b': x } } }", '"request.headers.A b" must be the name'],
  ["{ request: { url: 'https://a.test', headers: { Host: x } } }", '"request.headers.Host" must be the name'],
  [
    "{ request: { url: 'https://a.test', body: { a: [{ b: 'x {n}' }] } } }",
    '"request.body.a.0.b" must be a text',
  ],
  [
    "{ request: { url: 'https://a.test', secrets: [T] }, input: { T: { type: string } } }",
    '"request.secrets.0" must be another name',
  ],
  ["{ module: ./tools.ts }", '"module" must be the path of a JavaScript file'],
  ["{ command: [a], limits: { result_size: 5m } }", '"limits.result_size" must be a size like 64k'],
  ["{ command: [a], approval: sometimes }", '"approval" must be one of never, once, each'],
  ["{ command: [a], input: { x: { type: string, pattern: '(' } } }", '"input.x.pattern" must be a regular'],
] as const)("%s: %s", ([tool, problem]) => {
  expect(problemsOf(tool)).toEqual([expect.stringContaining(problem)]);
});
