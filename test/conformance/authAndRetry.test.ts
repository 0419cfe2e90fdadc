import { holdCases } from './holdCases.ts';

holdCases('conformance: Digest and attempts', ['digest', 'digest-exchange', 'retry-schedule', 'retry-exchange']);
