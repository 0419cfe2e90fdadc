import { didYouMean } from './nearestName.ts';
import type { EnvironmentProfiles } from './profile.ts';
import { missing, type MissingValue } from './value.ts';

/** What is known about names that have no value at the moment. */
export interface KnownNames {
  readonly profiles: EnvironmentProfiles;
  readonly environment: readonly string[];
  /** Every name in sight, for "Did you mean". */
  readonly names: readonly string[];
  /** The request whose response the name is captured from. */
  readonly capturedFrom: string | undefined;
}

/** Why a variable has no value, with the step that gives it one (C9). */
export function unknownVariable(name: string, known: KnownNames): MissingValue {
  if (known.capturedFrom !== undefined) {
    return missing(
      'unknown-variable',
      `"${name}" is captured from the response of "${known.capturedFrom}". Send that first.`,
    );
  }
  const elsewhere = known.profiles.profiles.filter((profile) => profile.variables.some((each) => each.name === name));
  if (elsewhere.length > 0) return missing('unknown-variable', notChosen(name, elsewhere, known.environment));
  return missing(
    'unknown-variable',
    `Nothing defines "${name}".${didYouMean(name, known.names)} ` +
      `Define it with "@${name} = …", in an environment file, or with --var ${name}=VALUE.${brokenFiles(known.profiles)}`,
  );
}

/** C21: what httpYac would run as JavaScript. */
export function javascriptExpression(expression: string): MissingValue {
  return missing(
    'javascript-expression',
    `"${expression}" is a JavaScript expression (httpYac), and those are not evaluated. Put its value into a variable.`,
  );
}

function notChosen(name: string, profiles: readonly { name: string }[], environment: readonly string[]): string {
  const names = profiles.map((profile) => `"${profile.name}"`).join(', ');
  const chosen = environment.length === 0 ? 'no environment is chosen' : `"${environment.join(', ')}" is chosen`;
  const noun = profiles.length === 1 ? 'the environment' : 'the environments';
  return `"${name}" is defined in ${noun} ${names}, but ${chosen}. Switch the environment, or define it in this one too.`;
}

function brokenFiles(profiles: EnvironmentProfiles): string {
  const broken = profiles.problems.map((problem) => ` ${problem.message}`);
  return broken.join('');
}
