import type { HttpDocument } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import { didYouMean } from '../variables/nearestName.ts';
import type { EnvironmentProfiles } from '../variables/profile.ts';

/** Environments that a file names with `# @env` and that nobody defines: its sends would go without their values. */
export function environmentProblems(document: HttpDocument, profiles: EnvironmentProfiles): readonly Problem[] {
  const known = new Set(profiles.names);
  return document.blocks.flatMap((block) =>
    block.tags.flatMap(({ name, value }) => {
      if (name !== 'env' || !value || value.text.includes('{{')) return [];
      const missing = value.text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '' && !known.has(each));
      return missing.map((each) => unknownEnvironment(each, value.span, profiles));
    }),
  );
}

function unknownEnvironment(name: string, span: Problem['span'], { names, shared }: EnvironmentProfiles): Problem {
  const others =
    names.length > 0
      ? `There is ${names.map((each) => `"${each}"`).join(', ')}.${didYouMean(name, names)}`
      : shared.length > 0
        ? 'The environment files hold "$shared" alone.'
        : 'There is no environment file in sight.';
  const message = `No environment is called "${name}". ${others} Add it to http-client.env.json, or correct the name.`;
  return { code: 'unknown-environment', severity: 'warning', span, message };
}
