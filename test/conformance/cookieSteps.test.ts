import { suite, test } from 'node:test';
import { casesOf } from './conformanceCases.ts';
import { needsConformance } from './conformanceFolder.ts';
import { type CookieCase, runCookieCase } from './cookieSteps.ts';

suite('conformance: the cookie jar and the saved session', needsConformance, () => {
  if (needsConformance.skip !== false) return;
  for (const { id, level, data } of casesOf(['cookie-steps', 'session-ops'])) {
    test(`${id} (${level})`, () => runCookieCase(data as unknown as CookieCase));
  }
});
