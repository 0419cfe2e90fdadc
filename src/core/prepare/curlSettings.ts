import type { SendSettings } from '../session/settings.ts';
import type { CurlCommand } from '../syntax/ast.ts';
import type { Problem } from '../text/problem.ts';
import { writtenElsewhere } from '../variables/written.ts';
import { pathInFile } from './absolutePaths.ts';
import type { PrepareInput } from './prepareInput.ts';
import { proxyForAll, type TagSettings } from './settingsFromTags.ts';

/** The settings with what the options of a curl command say over them, placeholders replaced; its tags are stronger. */
export async function curlSettings(curl: CurlCommand, base: SendSettings, input: PrepareInput): Promise<TagSettings> {
  const problems: Problem[] = [];
  const resolved = async (text: string | undefined): Promise<string | undefined> => {
    if (text === undefined) return undefined;
    const result = await input.resolver.resolve(writtenElsewhere(text, input.block.request.span), 'path');
    problems.push(...result.problems);
    return result.text;
  };
  const path = async (text: string | undefined): Promise<string | undefined> => {
    const written = await resolved(text);
    return written === undefined ? undefined : pathInFile(written, input);
  };
  const proxy = withUser(await resolved(curl.proxy), await resolved(curl.proxyUser));
  const cert = await path(curl.cert);
  const key = await path(curl.key);
  const passphrase = await resolved(curl.passphrase);
  const settings = {
    ...base,
    ...redirects(curl),
    timeouts: timeouts(curl, base.timeouts),
    verify: curl.insecure ? false : ((await path(curl.cacert)) ?? base.verify),
    ...(curl.retry !== undefined && { retry: curl.retry }),
    ...(proxy !== undefined && { proxies: proxyForAll(proxy) }),
    ...(cert !== undefined && {
      cert: { file: cert, ...(key !== undefined && { key }), ...(passphrase !== undefined && { passphrase }) },
    }),
  };
  return { settings, problems };
}

/** `-L` asks to follow. Without it this product follows as well, and shows every hop. */
function redirects({ followRedirects, maxRedirects }: CurlCommand): Partial<SendSettings> {
  return {
    ...(followRedirects && { followRedirects: true, followAsked: true }),
    ...(maxRedirects !== undefined && { maxRedirects }),
  };
}

function timeouts(curl: CurlCommand, base: SendSettings['timeouts']): SendSettings['timeouts'] {
  return {
    ...base,
    ...(curl.connectTimeoutSeconds !== undefined && { connectMs: curl.connectTimeoutSeconds * 1000 }),
    ...(curl.maxTimeSeconds !== undefined && { totalMs: curl.maxTimeSeconds * 1000 }),
  };
}

/** The proxy with its credentials as a URL has them; one without a scheme is an HTTP proxy (curl(1) `--proxy`). */
function withUser(proxy: string | undefined, user: string | undefined): string | undefined {
  if (proxy === undefined || user === undefined) return proxy;
  const [, scheme = 'http://', host = proxy] = /^([a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?(.*)$/is.exec(proxy) ?? [];
  const [, name = '', password = ''] = /^([^:]*):?(.*)$/s.exec(user) ?? [];
  return `${scheme}${encodeURIComponent(name)}:${encodeURIComponent(password)}@${host}`;
}
