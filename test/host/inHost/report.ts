/** What came of the tests in the extension host; written there and read outside. */
export interface HostReport {
  readonly node: string;
  readonly tests: readonly HostTest[];
  /** Tests that failed and passed when they ran again, and why they failed. */
  readonly unstable: readonly string[];
}

export interface HostTest {
  readonly title: string;
  readonly durationMs: number;
  /** Stack of the failure; absent when the test passed. */
  readonly error?: string;
}
