import { capturesOf, capturingBlock } from './captures.ts';
import { noImports, type Imports } from './imports.ts';
import type { PrepareInput } from '../prepare/prepareInput.ts';
import { namedRequests } from './prerequisites.ts';
import { promptsOf, type Answer } from './questions.ts';
import { requestReferences } from './requestReferences.ts';
import type { RequestTarget, RunInput } from './run.ts';
import { defaultsLayers } from './runDefaults.ts';
import type { Block, HttpDocument, RequestBlock } from '../syntax/ast.ts';
import { isSendable } from '../syntax/methods.ts';
import { requestBlocks, requestId } from '../syntax/query.ts';
import { Resolver } from '../variables/resolve.ts';
import { buildScope } from '../variables/scope.ts';

/**
 * How far a run is only looked at: `no` resolves for good; `questions` leaves out what somebody must be asked, and takes
 * what `# @ref` names as sent; `run` also takes the earlier requests of the file as sent (`--all`).
 */
export type Ahead = 'no' | 'questions' | 'run';

export function createResolver(
  input: RunInput,
  answers: readonly Answer[],
  ahead: Ahead,
  imports: Imports = noImports,
): Resolver {
  const { document, block, file, profiles, environment, ports } = input;
  const offset = block.request.line.start;
  // Looked for when something asks: a file of a thousand blocks that ask nothing would be walked a thousand times.
  const sentFirst = once(() => requestsSentFirst(input, ahead, imports));
  const prompts = promptsOf(block);
  const documents = [document, ...imports.files.map((each) => each.document)];
  return new Resolver({
    scope: buildScope({
      document,
      block,
      path: file.path,
      imported: imports.files,
      overrides: input.overrides,
      prompts: answers,
      sessionVariables: input.session.variables(),
      profiles,
      environment,
      variablePrecedence: input.variablePrecedence,
    }),
    references: requestReferences(
      input,
      imports,
      (target) => isEarlier(target, input, ahead) || sentFirst().has(target.block),
    ),
    ports: {
      ...ports,
      // One request is sent at one moment, however often it says {{$timestamp}}.
      now: once(() => ports.now()),
      // The nearest .env file comes last.
      dotenv: (name) => profiles.dotenv.findLast((variable) => variable.name === name)?.value,
      secret: (name) => ports.secret(name),
    },
    profiles,
    environment,
    isFileName: (name) => documents.some((each) => definesName(each, name)),
    capturedFrom: (name) => {
      const capturing = documents
        .map((each) => capturingBlock(each, name, each === document ? offset : Infinity))
        .find((each) => each !== undefined);
      return capturing && (requestId(capturing) ?? 'an unnamed request');
    },
    comesLater: (name) =>
      ahead !== 'no' &&
      (prompts.some(({ prompt }) => prompt.name === name) ||
        [...sentFirst()].some((each) => captures(each, name)) ||
        requestBlocks(document).some(
          (each) => isEarlier({ ...input, block: each }, input, ahead) && captures(each, name),
        )),
    lookingAhead: ahead !== 'no',
  });
}

export function prepareInput(input: RunInput, resolver: Resolver, ahead: Ahead): PrepareInput {
  const { document, block, file, settings, ports } = input;
  return {
    document,
    block,
    resolver,
    file,
    files: ports.files,
    layers: defaultsLayers(input),
    settings,
    mayRead: async (path) =>
      ahead !== 'no' || (await ports.ask({ kind: 'file-outside-root', path, root: file.root })) === 'yes',
    randomBoundary: () => ports.uuid().replaceAll('-', ''),
  };
}

/** Requests whose responses a look ahead must not judge by: `# @ref` or `run` will send them, perhaps again, before this block. */
function requestsSentFirst(input: RunInput, ahead: Ahead, imports: Imports): ReadonlySet<RequestBlock> {
  if (ahead === 'no') return new Set();
  const blocks = namedRequests(input, imports).flatMap(({ target: { block, file }, force }) => {
    const id = requestId(block);
    const isKnown = id !== undefined && input.session.recorded(file.id, id) !== undefined;
    return force || !isKnown ? [block] : [];
  });
  return new Set(blocks);
}

/** Whether a run of the whole file has sent the request when it comes to the block. */
function isEarlier({ file, block }: RequestTarget, input: RunInput, ahead: Ahead): boolean {
  return (
    ahead === 'run' &&
    file.id === input.file.id &&
    block.span.start < input.block.span.start &&
    isSendable(block.request.kind) &&
    !block.tags.some((tag) => tag.name === 'disabled')
  );
}

function definesName(document: HttpDocument, name: string): boolean {
  if (document.variables.some((variable) => variable.name.text === name)) return true;
  return document.blocks.some(
    (block) => promptsOf(block).some(({ prompt }) => prompt.name === name) || captures(block, name),
  );
}

function captures(block: Block, name: string): boolean {
  return capturesOf(block).some((capture) => capture.name === name);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
