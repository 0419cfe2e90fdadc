/** Wrong usage or an unreadable file: the message says what to do next, and the process ends with 2. */
export class UsageError extends Error {}
