/** Variables that hold keys. Those stay on the host: what needs one is brokered. */
export const secretVariable: RegExp = /(^|_)(api_?key|key|secret|token|password|passwd|credentials?)(_|$)/i;

/** Request headers that hold keys. */
export const secretHeader: RegExp = /authorization|cookie|key|token|secret/i;
