/** requests' `ok`: everything below 400, redirects too (SESSION S1). */
export function isOk(status: number): boolean {
  return status < 400;
}

/** What requests' `raise_for_status` says of a status from 400 on; `undefined` below. The URL is shown as it is given. */
export function statusError(status: number, reason: string, url: string): string | undefined {
  if (isOk(status) || status >= 600) return undefined;
  const whose = status < 500 ? 'Client' : 'Server';
  return `${status} ${whose} Error: ${reason} for url: ${url}`;
}
