/** What the suites in the extension host tell the test run outside. */
export interface HostReport {
  readonly finished: boolean;
  readonly passed: string[];
  readonly failed: Array<{ readonly title: string; readonly error: string }>;
}
