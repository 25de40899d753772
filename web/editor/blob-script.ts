/** The part of the browser's Trusted Types that is used here; its types are in no library of TypeScript yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string };
}

const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };
const policy = trustedTypes?.createPolicy("tactus-parts", { createScriptURL: (address) => address });

/** The address of a script of ours, as the page demands it (`require-trusted-types-for 'script'`). */
export function blobScript(script: string): string {
  const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  return policy?.createScriptURL(address) ?? address;
}

/** A worker may start workers of its own, out of blobs too and of nothing else. */
const workerPrelude =
  'self.trustedTypes?.createPolicy("default",{createScriptURL:(a)=>a.startsWith("blob:")?a:undefined});\n';

/** Starts a worker out of its script: from a file on disk, a browser starts none by its address. */
export function startWorker(script: string, name: string): Worker {
  return new Worker(blobScript(workerPrelude + script), { name });
}
