/** A must or should case that the product does not claim yet. The list may only shrink: a listed case that passes fails the tests. */
export interface NotClaimed {
  readonly ids: readonly string[];
  /** The work that will claim it. */
  readonly until: 'authentication' | 'proxies and TLS' | 'preparation';
  readonly reason: string;
}

export const notClaimed: readonly NotClaimed[] = [
  {
    until: 'authentication',
    reason: 'the `auth` option of a request or session does not exist yet; only Authorization lines and userinfo do',
    ids: [
      'redirect.auth.diff-port.authoption',
      'redirect.auth.diff-host.authoption',
      'redirect.auth.ip-to-localhost.authoption',
      'redirect.auth.downgrade-std.authoption',
      'redirect.auth.host-case.authoption',
      'redirect.auth.userinfo-same-host.authoption',
      'redirect.auth.userinfo-diff-host.authoption',
      'redirect.auth.bearer-cross-protocol',
      'merge.auth.request-over-session',
      'merge.auth.session-over-url',
      'merge.auth.auth-over-header',
      'auth.basic.utf8',
      'auth.basic.colon-in-password',
      'auth.basic.colon-in-user',
      'auth.bearer.order',
    ],
  },
  {
    until: 'authentication',
    reason: 'no netrc file is read yet',
    ids: [
      'redirect.auth.netrc-no-follow-leak',
      'merge.auth.header-over-netrc',
      'merge.auth.none-disables',
      'merge.auth.trust-env-off',
      'auth.netrc.host-confusion',
      'auth.netrc.parse-error',
      'auth.netrc.default-entry',
      'security.url.host-confusion',
    ],
  },
  {
    until: 'proxies and TLS',
    reason: 'mounted settings are not chosen anew for each hop yet',
    ids: ['redirect.auth.client-cert'],
  },
  {
    until: 'preparation',
    reason: 'the message names the placeholder and not the header that its line break would end',
    ids: ['merge.headers.reject-cr', 'merge.headers.reject-lf', 'merge.headers.reject-crlf'],
  },
  {
    until: 'preparation',
    reason: 'a curl command with both data and form parts sends the parts and says nothing',
    ids: ['prepare.multipart.conflict'],
  },
  {
    until: 'preparation',
    reason: 'a target that begins with two slashes is taken for a host although a Host line stands',
    ids: ['security.url.ssrf-absolute-path'],
  },
];
