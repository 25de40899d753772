import { parentPort, workerData } from "node:worker_threads";

/** The smallest WebAssembly module: a header and nothing else. */
const emptyModule = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
await WebAssembly.instantiate(emptyModule);
if (workerData.spin) for (;;);
Atomics.wait(new Int32Array(workerData.buffer), 0, 0);
parentPort.postMessage({ woken: true, environment: Object.keys(process.env) });
