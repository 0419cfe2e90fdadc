import type { WireResponse } from '../../src/core/http/transport.ts';
import type { SessionHooks } from '../../src/core/session/hooks.ts';
import { type CaseObject, objectOr, only } from './caseFile.ts';

type Scope = 'session' | 'request';

/** The hooks of a case, registered in code, and the calls they noted. */
export class CaseHooks {
  readonly calls: [scope: Scope, status: number][] = [];
  readonly #hooks: readonly CaseObject[];

  constructor(hooks: readonly CaseObject[]) {
    this.#hooks = hooks;
    for (const hook of hooks) only(hook, ['scope', 'does', 'with'], 'hook');
  }

  of(scope: Scope): SessionHooks {
    const own = this.#hooks.filter((hook) => hook['scope'] === scope);
    if (own.length === 0) return {};
    return {
      onResponse: (response) => {
        this.calls.push([scope, response.status]);
        return own.reduce<WireResponse>((current, hook) => act(hook, current), response);
      },
    };
  }
}

function act({ does, with: replacement }: CaseObject, response: WireResponse): WireResponse {
  switch (does) {
    case 'record':
      return response;
    case 'throw':
      throw new Error('the hook of the case throws');
    case 'replace':
      return replaced(objectOr(replacement), response);
    default:
      throw new Error(`hook: unknown deed "${String(does)}"`);
  }
}

function replaced(replacement: CaseObject, response: WireResponse): WireResponse {
  only(replacement, ['status', 'body'], 'with');
  const { status = response.status, body } = replacement as { status?: number; body?: string };
  if (body === undefined) return { ...response, status };
  const bytes = Buffer.from(body);
  return {
    ...response,
    status,
    headers: response.headers.filter(([name]) => !/^content-(?:length|encoding)$/i.test(name)),
    body: { wireBytes: bytes.length, decodedBytes: bytes.length, bytes, truncated: false },
  };
}
