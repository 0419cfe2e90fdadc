import type { HttpDocument } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import { unknownEnvironments } from '../variables/chosenEnvironment.ts';
import type { EnvironmentProfiles } from '../variables/profile.ts';

/**
 * Environments that a file names with `# @env` and that nobody defines: such a request is not sent. `ofSends` are the problems of the
 * blocks that were looked at as they would be sent: what they say already is not said again.
 */
export function environmentProblems(
  document: HttpDocument,
  profiles: EnvironmentProfiles,
  ofSends: readonly Problem[] = [],
): readonly Problem[] {
  return document.blocks
    .flatMap((block) => unknownEnvironments(block, [], profiles))
    .filter(({ code, span }) => !ofSends.some((each) => each.code === code && each.span.start === span.start));
}
