import { holdCases } from './holdCases.ts';

holdCases('conformance: redirects and the cookies and credentials on their hops', [
  'redirect-step',
  'redirect-decision',
  'redirect-location',
  'auth-strip',
  'exchange',
]);
