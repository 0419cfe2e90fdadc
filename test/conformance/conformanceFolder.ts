import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The shared check-only vectors beside the repository. They are never copied into it. */
export const conformanceFolder = join(root, '..', 'shared', 'conformance');

/** Options of a test that needs the folder: says why it skips when it is not there. */
export const needsConformance: { readonly skip: string | false } = {
  skip: existsSync(conformanceFolder) ? false : 'the conformance data (../shared/conformance) is not on this machine',
};
