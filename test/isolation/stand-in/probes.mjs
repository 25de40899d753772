import childProcess from "node:child_process";
import dgram from "node:dgram";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import v8 from "node:v8";
import { Worker } from "node:worker_threads";

/** What a test may ask for by name. What a sandbox forbids throws; what it allows gives a value back. */
export const probes = {
  nothing: () => null,
  wait: () => new Promise(() => {}),
  environment: () => ({ ...process.env }),
  identity: () => ({
    uid: process.getuid(),
    gid: process.getgid(),
    groups: process.getgroups(),
    folder: process.cwd(),
    pid: process.pid,
  }),
  read: ({ path }) => fs.readFileSync(path, "utf8"),
  list: ({ path }) => fs.readdirSync(path),
  write: ({ path }) => fs.writeFileSync(path, "written"),
  makeFolder: ({ path }) => fs.mkdirSync(path),
  report: ({ path }) => process.report.writeReport(path),
  heapSnapshot: ({ path }) => v8.writeHeapSnapshot(path),
  database: async ({ path }) => {
    const { DatabaseSync } = await import("node:sqlite");
    new DatabaseSync(path).exec("create table t (a)");
  },
  foreignFunctions: async () => Object.keys(await import("node:ffi")),
  connect: async (target) => {
    const socket = net.connect(target);
    await once(socket, "connect");
    return "connected";
  },
  listen: async (target) => {
    const server = net.createServer();
    const listening = once(server, "listening");
    server.listen(target);
    await listening;
    return "listening";
  },
  datagram: async () => {
    const socket = dgram.createSocket("udp4");
    const listening = once(socket, "listening");
    socket.bind(0);
    await listening;
    return "bound";
  },
  spawn: ({ program }) => {
    const { error, status } = childProcess.spawnSync(program, ["--version"]);
    if (error) throw error;
    return status;
  },
  /** Talks with a program over its pipes, ends its input and waits for its end. */
  program: async () => {
    const echo =
      "process.stdin.on('data', (text) => process.stdout.write(text)).on('end', () => process.exit(7))";
    const child = childProcess.spawn("node", ["-e", echo], { env: { PATH: process.env.PATH } });
    child.stdin.end("hello");
    const [[answer], [code]] = await Promise.all([once(child.stdout, "data"), once(child, "exit")]);
    return { answer: String(answer), code };
  },
  /** A program with a pipe more than the usual, as the runtime starts plugins; gives what it wrote and how it ended. */
  programWithChannel: async ({ program, args }) => {
    const child = childProcess.spawn(program, args, { stdio: ["ignore", "pipe", "pipe", "pipe"] });
    // Not every program reads it.
    child.stdio[3].on("error", () => undefined);
    child.stdio[3].end("from above");
    const written = async (stream) => (await stream.setEncoding("utf8").toArray()).join("");
    const [output, errors, [code]] = await Promise.all([
      written(child.stdout),
      written(child.stderr),
      once(child, "exit"),
    ]);
    return { output, errors: errors.trim().split("\n").at(-1), code };
  },
  // biome-ignore lint/security/noGlobalEval: what the sandbox must refuse
  evaluate: () => globalThis.eval("1 + 1"),
  makeFunction: () => new Function("return 1")(),
  // biome-ignore lint/suspicious/noProto: what the sandbox must not have
  prototype: () => String({}.__proto__),
  inspector: async () => (await import("node:inspector")).open(0),
  worker: async () => {
    const buffer = new SharedArrayBuffer(4);
    const worker = new Worker(new URL("./worker.mjs", import.meta.url), { workerData: { buffer }, env: {} });
    const answer = once(worker, "message");
    await once(worker, "online");
    Atomics.store(new Int32Array(buffer), 0, 1);
    Atomics.notify(new Int32Array(buffer), 0);
    return (await answer)[0];
  },
  /** A worker that never ends, while the main thread still listens. */
  spin: async () => {
    new Worker(new URL("./worker.mjs", import.meta.url), { workerData: { spin: true } });
    await new Promise(() => {});
  },
  /** Memory outside the JavaScript heap. */
  fillMemory: () => {
    const kept = [];
    for (;;) kept.push(Buffer.alloc(8 * 1024 * 1024, 1));
  },
  fillHeap: () => {
    const kept = [];
    for (;;) kept.push({ text: String(kept.length) });
  },
  threads: async ({ count }) => {
    const workers = Array.from(
      { length: count },
      () => new Worker(new URL("./worker.mjs", import.meta.url), { workerData: { spin: true } }),
    );
    await Promise.all(workers.map((worker) => once(worker, "online")));
    return workers.length;
  },
  flood: async ({ bytes }) => {
    const piece = "x".repeat(64 * 1024);
    for (let sent = 0; sent < bytes; sent += piece.length) {
      if (!process.stdout.write(`${piece}\n`)) await once(process.stdout, "drain");
    }
    return bytes;
  },
  standardError: ({ text }) => void process.stderr.write(text),
};
