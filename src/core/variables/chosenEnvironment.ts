import type { Block } from '../syntax/ast.ts';
import { blockTag } from '../syntax/query.ts';
import type { Problem } from '../text/problem.ts';
import { didYouMean } from './nearestName.ts';
import type { EnvironmentProfiles } from './profile.ts';

/** The names of a list such as `dev, eu`, in order. */
export function environmentList(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  return names.filter((name) => name !== '');
}

/** The environments that a block names itself with `# @env`, in order; `undefined` when those chosen for its folder hold. */
export function environmentOfBlock(block: Block): readonly string[] | undefined {
  const list = blockTag(block, 'env');
  return list === undefined ? undefined : environmentList(list);
}

/**
 * Environments in force for a block that no file defines: it would go without their values, and to a session that nobody meant. `chosen`
 * are those of its folder, which count when the block names none.
 */
export function unknownEnvironments(
  block: Block,
  chosen: readonly string[],
  profiles: Pick<EnvironmentProfiles, 'names' | 'shared'>,
): readonly Problem[] {
  const own = environmentOfBlock(block);
  const missing = (own ?? chosen).filter((name) => !profiles.names.includes(name));
  const tag = block.tags.find(({ name }) => name === 'env');
  const span = tag?.value?.span ?? block.request?.line ?? block.span;
  const [code, step] = own ? inFile : inForce;
  return missing.map((name) => {
    const message = `No environment is called "${name}". ${others(name, profiles)} ${step}`;
    return { code, severity: 'error', span, message };
  });
}

const inFile = ['unknown-environment', 'Add it to http-client.env.json, or correct the name.'] as const;
const inForce = ['chosen-environment-gone', 'Choose another environment, or add it to http-client.env.json.'] as const;

function others(name: string, { names, shared }: Pick<EnvironmentProfiles, 'names' | 'shared'>): string {
  if (names.length > 0) return `There is ${names.map((each) => `"${each}"`).join(', ')}.${didYouMean(name, names)}`;
  return shared.length > 0 ? 'The environment files hold "$shared" alone.' : 'There is no environment file in sight.';
}
