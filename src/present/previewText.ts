import type { Preview } from '../core/run/preview.ts';
import type { LineMap } from '../core/text/lineMap.ts';
import { defaultLine, isOwnDefault } from './defaultText.ts';
import { composedHead, utf8 } from './hopText.ts';
import type { Mask } from './mask.ts';

/** Our choice: more of a body than this is not needed to judge a request before it is sent, in bytes. */
const bodyLimit = 16 * 1024;

/** "Before sending" as a text to read: the request as it would go, the cookies that go along and those that do not with the reason, and the problems. */
export function previewText(preview: Preview, lines: LineMap, mask: Mask): string {
  return [request(preview, mask), cookies(preview), defaults(preview, mask), problems(preview, lines, mask)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function request({ request: prepared, headers }: Preview, mask: Mask): string {
  if (!prepared) return '# This request cannot be shown yet: the problems below say why.';
  const shown = headers.map(([name, value]) => [name, mask.header(name, value)] as const);
  const head = composedHead({ ...prepared, url: mask.url(prepared.url) }, shown).replace(
    /^(\S+) \S+/,
    `$1 ${mask.url(prepared.url)}`,
  );
  const { body } = prepared;
  if (!body) return head;
  if (!body.bytes) return `${head}\n\n# a body of ${body.length ?? 'unknown'} bytes, read from a file when it is sent`;
  const text = utf8(body.bytes.subarray(0, bodyLimit));
  const cut = body.bytes.length > bodyLimit ? `\n# … ${body.bytes.length} bytes in all` : '';
  return text === undefined
    ? `${head}\n\n# a body of ${body.bytes.length} bytes`
    : `${head}\n\n${mask.text(text)}${cut}`;
}

function cookies({ sent, verdicts }: Preview): string {
  const along = sent.map((cookie) =>
    cookie.explicit
      ? `#   ${cookie.name}: from the Cookie line of the file`
      : `#   ${cookie.name}: ${cookie.cookie.domain} ${cookie.cookie.path}`,
  );
  const not = verdicts
    .filter((verdict) => !verdict.sent)
    .map(({ cookie, message }) => `#   ${cookie.name} (${cookie.domain} ${cookie.path}): ${message ?? ''}`);
  return [
    ...(along.length > 0 ? ['# Cookies that go along', ...along] : []),
    ...(not.length > 0 ? ['# Cookies that do not', ...not] : []),
  ].join('\n');
}

/** Who said what goes along besides the block's own lines. */
function defaults({ provenance }: Preview, mask: Mask): string {
  const rows = provenance.filter((each) => isOwnDefault(each) || each.replaced.some(({ kind }) => kind !== 'product'));
  if (rows.length === 0) return '';
  return ['# Defaults, and where they come from', ...rows.map((each) => `#   ${mask.text(defaultLine(each))}`)].join(
    '\n',
  );
}

function problems(preview: Preview, lines: LineMap, mask: Mask): string {
  if (preview.problems.length === 0) return '';
  const rows = preview.problems.map(
    ({ severity, span, message }) =>
      `#   ${severity}, line ${lines.positionAt(span.start).line + 1}: ${mask.text(message)}`,
  );
  return ['# Problems', ...rows].join('\n');
}
