import { hasHeader, type HeaderLine, type HeaderList } from '../http/headerList.ts';
import { shownUrl } from '../http/shownUrl.ts';
import type { WireResponse } from '../http/transport.ts';
import type { SendSettings } from './settings.ts';

/** Policy `requests` reads text without a charset as ISO-8859-1 (utils.get_encoding_from_headers). */
export function keptResponse(response: WireResponse, { policy }: SendSettings): WireResponse {
  const shown = maskLocation(response);
  return policy === 'requests' ? { ...shown, body: { ...shown.body, textDefault: 'iso-8859-1' } } : shown;
}

/** Userinfo of a Location is neither used nor kept (SESSION 2.2): a hop is shown, exported and recorded. */
function maskLocation(response: WireResponse): WireResponse {
  if (!hasHeader(response.headers, 'location')) return response;
  const headers: HeaderList = response.headers.map(([name, value]): HeaderLine => [
    name,
    name.toLowerCase() === 'location' ? shownUrl(value) : value,
  ]);
  return { ...response, headers };
}
