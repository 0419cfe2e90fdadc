import type { Block, TagNode } from '../syntax/ast.ts';

/** `# @ref name`, `# @dependsOn name` or `# @forceRef name`. */
export interface PrerequisiteTag {
  readonly name: string;
  /** Sent before every send of the block, not only when it has no response yet. */
  readonly force: boolean;
  readonly tag: TagNode;
}

/** The requests that a block wants to be sent before it, in order. */
export function prerequisiteTags(block: Block): readonly PrerequisiteTag[] {
  return block.tags
    .filter(({ name }) => name === 'ref' || name === 'depends-on' || name === 'force-ref')
    .map((tag) => ({ name: tag.value?.text ?? '', force: tag.name === 'force-ref', tag }));
}
