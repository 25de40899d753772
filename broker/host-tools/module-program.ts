/**
 * What runs in the process of a module: it reads one order from standard input, loads the module, and writes one JSON
 * object to standard output, which is its own from then on: what the module prints goes to standard error. It is plain
 * JavaScript in a text, since it is started by any Node without a file of its own.
 */
export const moduleProgram: string = `
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
const textOf = (error) => String(error?.message ?? error).slice(0, 1000);
const answer = (value) => write(JSON.stringify(value), () => process.exit(0));
let text = "";
for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
const order = JSON.parse(text);
try {
  const { pathToFileURL } = await import("node:url");
  const tool = (await import(pathToFileURL(order.file).href))[order.export];
  if (typeof tool?.handler !== "function") answer({ error: "has no export '" + order.export + "' with a handler" });
  else if (!order.call) answer({ description: tool.description, schema: tool.schema });
  else answer({ result: (await tool.handler(order.call.arguments, order.call.context)) ?? null });
} catch (error) {
  answer({ error: "failed: " + textOf(error) });
}
`;
