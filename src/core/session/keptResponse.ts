import type { WireResponse } from '../http/transport.ts';
import type { SendSettings } from './settings.ts';

/** Policy `requests` reads text without a charset as ISO-8859-1 (utils.get_encoding_from_headers). */
export function keptResponse(response: WireResponse, { policy }: SendSettings): WireResponse {
  return policy === 'requests' ? { ...response, body: { ...response.body, textDefault: 'iso-8859-1' } } : response;
}
