/** Hard limit of one frame in bytes, both directions. */
export const maximumFrameBytes: number = 4 * 1024 * 1024;

/** Deepest nesting of a value in a frame. */
export const maximumFrameDepth = 64;

/** Raised when the shape of a message changes; both sides refuse another version. */
export const wireVersion = 1;
