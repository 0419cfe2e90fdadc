import { capturesOf, capturingBlock } from './captures.ts';
import type { PrepareInput } from './prepare/prepareInput.ts';
import type { RunInput } from './run.ts';
import type { Block, HttpDocument } from './syntax/ast.ts';
import { isSendable } from './syntax/methods.ts';
import { findRequest, requestBlocks, requestId } from './syntax/query.ts';
import type { RequestReferences } from './variables/references.ts';
import { Resolver } from './variables/resolve.ts';
import { buildScope } from './variables/scope.ts';

/**
 * How far a run is only looked at: `no` resolves for good; `questions` leaves out what somebody must be asked;
 * `run` also takes the earlier requests of the file as sent (`--all`).
 */
export type Ahead = 'no' | 'questions' | 'run';

/** An answer to `# @prompt`. */
export interface Answer {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
}

/** What `# @prompt name [text]` asks for. */
export interface Prompt {
  readonly name: string;
  readonly text: string;
  readonly secret: boolean;
}

export function createResolver(input: RunInput, answers: readonly Answer[], ahead: Ahead): Resolver {
  const { document, block, file, profiles, environment, ports } = input;
  const offset = block.request.line.start;
  // Looked for when something asks: a file of a thousand blocks that ask nothing would be walked a thousand times.
  const earlier = (): readonly Block[] => (ahead === 'run' ? earlierRequests(document, block) : []);
  const prompts = promptsOf(block);
  return new Resolver({
    scope: buildScope({
      document,
      block,
      path: file.path,
      overrides: input.overrides,
      prompts: answers,
      sessionVariables: input.session.variables(),
      profiles,
      environment,
      variablePrecedence: input.variablePrecedence,
    }),
    references: references(input, earlier),
    ports: {
      ...ports,
      // The nearest .env file comes last.
      dotenv: (name) => profiles.dotenv.findLast((variable) => variable.name === name)?.value,
      prompt: (name, text, secret) => ports.ask({ kind: 'prompt', name, text, secret }),
      secret: (name) => ports.secret(name),
    },
    profiles,
    environment,
    isFileName: (name) => definesName(document, name),
    capturedFrom: (name) => {
      const capturing = capturingBlock(document, name, offset);
      return capturing && (requestId(capturing) ?? 'an unnamed request');
    },
    comesLater: (name) =>
      ahead !== 'no' &&
      (prompts.some((prompt) => prompt.name === name) ||
        earlier().some((each) => capturesOf(each).some((capture) => capture.name === name))),
    lookingAhead: ahead !== 'no',
  });
}

export function prepareInput(input: RunInput, resolver: Resolver, ahead: Ahead): PrepareInput {
  const { document, block, file, session, settings, ports } = input;
  return {
    document,
    block,
    resolver,
    file,
    files: ports.files,
    defaults: session.defaults,
    settings,
    mayRead: async (path) =>
      ahead !== 'no' || (await ports.ask({ kind: 'file-outside-root', path, root: file.root })) === 'yes',
    randomBoundary: () => ports.uuid().replaceAll('-', ''),
  };
}

/** The questions of `# @prompt` and Kulala's `# @kulala-prompt`. */
export function promptsOf(block: Block): readonly Prompt[] {
  return block.tags.flatMap((tag): readonly Prompt[] => {
    const [, name, text = ''] = /^(\S+)\s*(.*)$/s.exec(tag.value?.text ?? '') ?? [];
    if ((tag.name !== 'prompt' && tag.name !== 'kulala-prompt') || name === undefined) return [];
    return [{ name, text: text === '' ? name : text, secret: /passw|passphrase|secret|^pass$/i.test(name) }];
  });
}

function references({ document, block, file, session }: RunInput, earlier: () => readonly Block[]): RequestReferences {
  const offset = block.request.line.start;
  const recordedElsewhere = (id: string) =>
    importedFiles(document, file.id)
      .map((other) => session.recorded(other, id))
      .find((recorded) => recorded !== undefined);
  return {
    idOf: (name) => {
      const target = findRequest(document, name, offset);
      return target ? requestId(target) : recordedElsewhere(name)?.id;
    },
    ids: () => requestBlocks(document).flatMap((each) => requestId(each) ?? []),
    response: (id) => session.recorded(file.id, id) ?? recordedElsewhere(id),
    hasImports: () => importedFiles(document, file.id).length > 0,
    willBeSent: (id) => earlier().some((each) => requestId(each) === id),
  };
}

/** Ids of the files named by `import path` and `# @import path`: relative to this file, as their responses are recorded. */
function importedFiles(document: HttpDocument, id: string): readonly string[] {
  const targets = document.blocks.flatMap((block) => [
    ...block.imports.map((node) => node.target.text),
    ...block.tags.flatMap((tag) => (tag.name === 'import' && tag.value ? [tag.value.text] : [])),
  ]);
  return targets.map((target) => joinPath(id, target.replaceAll('\\', '/')));
}

/** `api/file.http` and `../auth.http` → `auth.http`. */
function joinPath(id: string, target: string): string {
  const steps = target.startsWith('/') ? [] : id.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.' && step !== '') steps.push(step);
  }
  return steps.join('/');
}

/** Requests that a run of the whole file has sent when it comes to `block`. */
function earlierRequests(document: HttpDocument, block: Block): readonly Block[] {
  return requestBlocks(document).filter(
    (each) =>
      each.span.start < block.span.start &&
      isSendable(each.request.kind) &&
      !each.tags.some((tag) => tag.name === 'disabled'),
  );
}

function definesName(document: HttpDocument, name: string): boolean {
  if (document.variables.some((variable) => variable.name.text === name)) return true;
  return document.blocks.some(
    (block) =>
      promptsOf(block).some((prompt) => prompt.name === name) ||
      capturesOf(block).some((capture) => capture.name === name),
  );
}
