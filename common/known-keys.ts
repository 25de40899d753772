/** How the keys of one issuer look. */
export interface KnownKey {
  /** With its article, for messages. */
  readonly kind: string;
  /** How it begins. */
  readonly heads: readonly string[];
  /** The whole, from the head on; group 1, where there is one, is the part that is secret. */
  readonly body: string;
  /** Holds nothing random itself. */
  readonly isFixed?: boolean;
  /** Known by what stands around it; the head is no part of it that only this issuer uses. */
  readonly isFramed?: boolean;
}

/**
 * Keys that their issuers marked so that they can be found: in files that are checked, and in what comes out of a run. The longer head comes first where one begins another. Every
 * repetition has an end, so that a search stays linear.
 */
export const knownKeys: readonly KnownKey[] = [
  { kind: "an Anthropic API key", heads: ["sk-ant-"], body: String.raw`sk-ant-[\w-]{20,200}` },
  { kind: "an OpenRouter API key", heads: ["sk-or-"], body: String.raw`sk-or-[\w-]{20,200}` },
  {
    kind: "an OpenAI API key",
    heads: ["sk-"],
    body: String.raw`sk-(?:(?:proj|svcacct|admin|None)-[\w-]{20,200}|[A-Za-z\d]{32,64}(?![\w-]))`,
  },
  { kind: "a Stripe key", heads: ["sk_live_", "rk_live_"], body: String.raw`[sr]k_live_[A-Za-z\d]{16,200}` },
  { kind: "an AWS access key", heads: ["AKIA", "ASIA"], body: String.raw`A[KS]IA[A-Z\d]{16}(?![A-Za-z\d])` },
  { kind: "a Google API key", heads: ["AIza"], body: String.raw`AIza[\w-]{35}(?![\w-])` },
  { kind: "a Google client secret", heads: ["GOCSPX-"], body: String.raw`GOCSPX-[\w-]{28}` },
  { kind: "a Google access token", heads: ["ya29."], body: String.raw`ya29\.[\w-]{20,400}` },
  {
    kind: "a GitHub token",
    heads: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
    body: String.raw`gh[pousr]_[A-Za-z\d]{36,255}`,
  },
  { kind: "a GitHub token", heads: ["github_pat_"], body: String.raw`github_pat_\w{22,255}` },
  { kind: "a GitLab token", heads: ["glpat-"], body: String.raw`glpat-[\w-]{20,200}` },
  {
    kind: "a Slack token",
    heads: ["xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-"],
    body: String.raw`xox[abeprs]-[\w-]{10,200}`,
  },
  {
    kind: "a Slack webhook",
    heads: ["hooks.slack.com/services/"],
    body: String.raw`hooks\.slack\.com/services/(T\w{6,20}/B\w{6,20}/\w{16,40})`,
    isFramed: true,
  },
  { kind: "a Hugging Face token", heads: ["hf_"], body: String.raw`hf_[A-Za-z\d]{30,60}` },
  { kind: "a Groq API key", heads: ["gsk_"], body: String.raw`gsk_[A-Za-z\d]{40,80}` },
  { kind: "an xAI API key", heads: ["xai-"], body: String.raw`xai-[A-Za-z\d]{40,120}` },
  { kind: "a Perplexity API key", heads: ["pplx-"], body: String.raw`pplx-[A-Za-z\d]{40,80}` },
  { kind: "a Replicate token", heads: ["r8_"], body: String.raw`r8_[A-Za-z\d]{30,60}` },
  { kind: "an npm token", heads: ["npm_"], body: String.raw`npm_[A-Za-z\d]{36}` },
  { kind: "a PyPI token", heads: ["pypi-"], body: String.raw`pypi-[\w-]{50,250}` },
  { kind: "a SendGrid key", heads: ["SG."], body: String.raw`SG\.[\w-]{16,32}\.[\w-]{32,64}` },
  {
    kind: "a JSON web token",
    heads: ["eyJ"],
    body: String.raw`eyJ[\w-]{10,2000}\.eyJ[\w-]{10,2000}\.[\w-]{10,2000}`,
    isFramed: true,
  },
  {
    kind: "a private key",
    heads: ["-----BEGIN "],
    body: String.raw`-----BEGIN (?:[A-Z\d]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----`,
    isFixed: true,
    isFramed: true,
  },
  {
    kind: "a bearer token",
    heads: ["Bearer ", "bearer "],
    body: String.raw`[Bb]earer {1,4}([\w.~+/-]{20,2000}={0,2})`,
    isFramed: true,
  },
  {
    kind: "a password in an address",
    heads: ["://"],
    body: String.raw`:\/\/[^\s/:@"']{1,100}:([^\s/@"']{8,200})(?=@)`,
    isFramed: true,
  },
  {
    kind: "an Azure storage key",
    heads: ["AccountKey="],
    body: String.raw`AccountKey=([A-Za-z\d+/]{60,100}={0,2})`,
    isFramed: true,
  },
];
