import type { Feature } from "./feature.ts";

/** Every request that the server answers beside those for findings. */
export const features: readonly Feature[] = [];
