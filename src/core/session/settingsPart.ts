import type { Timeouts } from '../http/transport.ts';
import type { DefaultsPart, RedirectPart, RetrySetting, SendSettings, TimeoutsPart } from './settings.ts';

/** Settings with one set of defaults over them. Headers, params and cookies are no settings: they are merged by themselves. */
export function withDefaults(settings: SendSettings, part: DefaultsPart): SendSettings {
  const { verify, cert, auth, proxies, retry, timeouts, trustEnv, cookieHeader, rawTarget, maxRedirects } = part;
  return {
    ...settings,
    ...(part.redirect && withRedirect(part.redirect)),
    maxRedirects: maxRedirects ?? settings.maxRedirects,
    cookieHeader: cookieHeader ?? settings.cookieHeader,
    verify: verify ?? settings.verify,
    trustEnv: trustEnv ?? settings.trustEnv,
    rawTarget: rawTarget ?? settings.rawTarget,
    timeouts: timeouts === undefined ? settings.timeouts : withTimeouts(settings.timeouts, timeouts),
    // A null stays: it means direct, and does not fall through to `all` (SESSION 0a.8).
    proxies: { ...settings.proxies, ...proxies },
    retry: retry === undefined ? settings.retry : mergedRetry(settings.retry, retry),
    // A null keeps the settings' certificates from being shown.
    cert: cert === undefined ? settings.cert : cert,
    auth: auth === undefined ? settings.auth : (auth ?? undefined),
  };
}

function withRedirect(redirect: RedirectPart): Partial<SendSettings> {
  const { policy, follow, ...others } = redirect;
  return {
    ...others,
    ...(policy !== undefined && { policy }),
    ...(follow !== undefined && { followRedirects: follow, followAsked: follow }),
  };
}

/** `null` lifts a limit. */
function withTimeouts(timeouts: Timeouts, part: TimeoutsPart): Timeouts {
  const limits = Object.entries(part).map(([name, limit]) => [name, limit ?? undefined] as const);
  return { ...timeouts, ...Object.fromEntries(limits) };
}

/** Two sets of rules merge by name; a number replaces whatever stood there, and is replaced by whatever comes (merge_setting). */
function mergedRetry(weak: RetrySetting | undefined, strong: RetrySetting | null): RetrySetting | undefined {
  if (strong === null) return undefined;
  return typeof strong === 'object' && typeof weak === 'object' ? { ...weak, ...strong } : strong;
}

/** Settings as a set of defaults, so that they can be compared and shown like one. */
export function settingsPart(settings: SendSettings): DefaultsPart {
  const { verify, cert, auth, proxies, retry, timeouts, trustEnv, cookieHeader, rawTarget, maxRedirects } = settings;
  const { policy, trustedHosts, sensitiveHeaders, hopBodyLimit, autoReferer, followRedirects: follow } = settings;
  const { keepAuthOnHttpsUpgrade, follow300, allowDowngrade } = settings;
  const { connectMs = null, readMs = null, totalMs = null } = timeouts;
  return {
    timeouts: { connectMs, readMs, totalMs },
    verify,
    trustEnv,
    maxRedirects,
    redirect: {
      policy,
      follow,
      trustedHosts,
      sensitiveHeaders,
      hopBodyLimit,
      autoReferer,
      keepAuthOnHttpsUpgrade,
      follow300,
      allowDowngrade,
    },
    cookieHeader,
    rawTarget,
    ...(auth && { auth }),
    ...(Object.keys(proxies).length > 0 && { proxies }),
    ...(cert !== undefined && { cert }),
    ...(retry !== undefined && { retry }),
  };
}
