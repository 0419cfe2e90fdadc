import type { SendVerdict } from '../cookies/cookie.ts';
import type { HeaderList } from '../http/headerList.ts';
import type { PreparedRequest } from '../http/transport.ts';
import { loadImports } from './imports.ts';
import { furtherProblems } from './neverResolves.ts';
import { prepareRequest } from '../prepare/prepareRequest.ts';
import type { RunInput } from './run.ts';
import { createResolver, prepareInput } from './runContext.ts';
import { responseFiles } from './savedResponse.ts';
import type { SentCookie } from '../session/exchange.ts';
import { foreseenHeaders } from '../session/hopAuth.ts';
import { provenanceOf, type Provenance } from '../session/provenance.ts';
import { requestCookies } from '../session/requestCookies.ts';
import { templatesIn } from '../syntax/template.ts';
import type { Problem } from '../text/problem.ts';
import type { Value } from '../variables/value.ts';

/** What a send of a block would do now, as far as one can tell without asking or sending. */
export interface Preview {
  /** Absent when there is an error among the problems, or when the URL waits for an answer. */
  readonly request: PreparedRequest | undefined;
  /** Its header lines with the Cookie line. */
  readonly headers: HeaderList;
  readonly sent: readonly SentCookie[];
  /** Every cookie of the session with the reason why it goes along or not. */
  readonly verdicts: readonly SendVerdict[];
  /** Names of the variables that the block uses, each once. */
  readonly variables: readonly string[];
  /** Every default in force and who said it. */
  readonly provenance: readonly Provenance[];
  readonly problems: readonly Problem[];
  /** Texts to mask wherever the preview is shown. */
  readonly secrets: readonly string[];
}

/** Prepares a block without asking anybody; questions count as answered. Editor features build on it (invariant 10). */
export async function previewBlock(input: RunInput): Promise<Preview> {
  const imports = await loadImports(input, input.ports);
  const resolver = createResolver(input, [], 'questions', imports);
  const { request, settings, layers, problems } = await prepareRequest(prepareInput(input, resolver, 'questions'));
  const places = await responseFiles(input, resolver);
  const now = input.ports.now();
  const jar = request && settings.cookieJar ? input.session.jar : undefined;
  const cookies = requestCookies(
    request ? foreseenHeaders(request, settings) : [],
    jar && request ? jar.cookiesFor(request.url, now) : [],
    settings,
  );
  return {
    request,
    headers: cookies.headers,
    sent: cookies.sent,
    verdicts: jar && request ? jar.explain(request.url, now) : [],
    variables: variablesOf(input),
    provenance: provenanceOf(layers()),
    problems: [...furtherProblems(input, imports), ...problems, ...places.problems],
    secrets: resolver.secrets,
  };
}

function variablesOf({ document, block }: RunInput): readonly string[] {
  const names = templatesIn(document.text.slice(block.span.start, block.span.end)).flatMap(({ form }) =>
    form.kind === 'name' || form.kind === 'path' ? [form.kind === 'name' ? form.name : form.root] : [],
  );
  return [...new Set(names)];
}

/** What one placeholder of a block comes to, without asking anybody: `expression` is what stands between its braces. */
export async function previewValue(input: RunInput, expression: string): Promise<Value> {
  const imports = await loadImports(input, input.ports);
  return createResolver(input, [], 'questions', imports).value(expression);
}
