import { relative } from 'node:path';
import type { EnvironmentProfiles } from '../core/variables/profile.ts';

/** What is wrong with environment files, a line each: they are not the request's file, and what could be read of them counts. */
export function profileProblems({ problems }: EnvironmentProfiles): readonly string[] {
  return problems.map(({ path, message }) => `crumbtrail: ${message} (${relative('.', path)})\n`);
}
