/**
 * The file name of a Content-Disposition value (RFC 6266), `undefined` when it has none. `filename*` comes before `filename` (4.3). The
 * header's characters are bytes: a name that is UTF-8 without saying so, as many servers send it, is read as such.
 */
export function contentDispositionName(value: string | undefined): string | undefined {
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of (value ?? '').matchAll(parameter)) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/gs, '$1') ?? plain);
  }
  return extendedValue(parameters.get('filename*')) ?? asUtf8(parameters.get('filename'));
}

/** `; name=value` with a quoted value or a token; a value that is neither is taken up to the next semicolon. */
const parameter = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*?))\s*(?=;|$)/gs;

/** `UTF-8'en'na%C3%AFve.txt` (RFC 8187 3.2.1). Another charset, or bytes that are not of it, and the value does not count (3.2.1, 3.4.2). */
function extendedValue(value: string | undefined): string | undefined {
  const [, charset = '', text = ''] = /^([\w-]+)'[^']*'(.*)$/s.exec(value ?? '') ?? [];
  if (!/^(?:utf-8|iso-8859-1)$/i.test(charset)) return undefined;
  const bytes = Uint8Array.from(
    text.replace(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
    (character) => character.charCodeAt(0),
  );
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function asUtf8(value: string | undefined): string | undefined {
  if (value === undefined || !/[\x80-\xff]/.test(value) || /[^\0-\xff]/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(value, (character) => character.charCodeAt(0)),
    );
  } catch {
    return value;
  }
}
