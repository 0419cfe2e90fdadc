import type { ConnectionFacts, TlsFacts, Timing } from '../core/http/transport.ts';
import type { Hop } from '../core/session/exchange.ts';
import type { FactView, PhaseView } from '../protocol/exchangeView.ts';
import { momentWords } from './timeWords.ts';

/** The phases that happened, in order. What a reused connection saved is absent. */
export function phases(timing: Timing): PhaseView[] {
  const measured: readonly (readonly [PhaseView['name'], number | undefined])[] = [
    ['queue', timing.queueMs],
    ['dns', timing.dnsMs],
    ['connect', timing.connectMs],
    ['tls', timing.tlsMs],
    ['send', timing.sendMs],
    ['wait', timing.waitMs],
    ['download', timing.downloadMs],
  ];
  return measured.flatMap(([name, ms]) => (ms === undefined ? [] : [{ name, ms }]));
}

/** Protocol, addresses and what was tried, in words. */
export function connectionFacts({ response, wire }: Pick<Hop, 'response' | 'wire'>): FactView[] {
  return [
    ...fact('Protocol', response && `HTTP/${response.httpVersion}`),
    ...fact('Interim responses', response?.informational.join(', ') || undefined),
    ...(wire.connection ? addressFacts(wire.connection) : []),
    ...fact('Bytes on the socket', socketWords(wire.socketBytes)),
  ];
}

function addressFacts(connection: ConnectionFacts): FactView[] {
  const { id, reused, attempts } = connection;
  const failed = attempts.filter(({ error }) => error !== undefined);
  return [
    ...fact('Connection', `${reused ? 'reused' : 'new'}, number ${id} of this session`),
    ...fact('Proxy', connection.via),
    ...fact('Remote address', endpoint(connection.remoteAddress, connection.remotePort)),
    ...fact('Local address', endpoint(connection.localAddress, connection.localPort)),
    ...failed.map(({ address, port, error = '' }) => ({
      label: 'Failed attempt',
      value: `${endpoint(address, port) ?? address}: ${error}`,
    })),
  ];
}

function socketWords(bytes: Hop['wire']['socketBytes']): string | undefined {
  if (bytes === undefined) return undefined;
  const above = bytes.layer === 'plaintext' ? ' (counted above TLS)' : '';
  return `${bytes.sent} sent, ${bytes.received} received${above}`;
}

/** TLS version, who the server says it is, and whether that was believed. */
export function tlsFacts(tls: TlsFacts | undefined, now: number): FactView[] {
  if (tls === undefined) return [];
  return [
    ...fact('Version', tls.protocol),
    ...fact('Cipher', tls.cipher),
    ...fact('ALPN', tls.alpn),
    ...fact('Verified', tls.authorized ? 'yes' : `no: ${tls.authorizationError ?? 'not checked'}`),
    ...(tls.sessionReused === true ? fact('Handshake', 'resumed from an earlier connection') : []),
    ...certificateFacts(tls.certificate, now),
    ...(tls.issuers ?? []).flatMap(({ subject, validTo }) =>
      fact('Below', `${oneLine(subject)}, valid until ${day(validTo)}`),
    ),
  ];
}

function certificateFacts(certificate: TlsFacts['certificate'], now: number): FactView[] {
  if (certificate === undefined) return [];
  const { subject, issuer, subjectAltName, validFrom, validTo, fingerprint256 } = certificate;
  return [
    ...fact('Certificate', oneLine(subject)),
    ...fact('Names', subjectAltName || undefined),
    ...fact('Issued by', oneLine(issuer)),
    ...fact('Valid from', `${day(validFrom)} (${momentWords(validFrom, now)})`),
    ...fact('Valid until', `${day(validTo)} (${momentWords(validTo, now)})`),
    ...fact('SHA-256', fingerprint256),
  ];
}

function fact(label: string, value: string | undefined): FactView[] {
  return value === undefined ? [] : [{ label, value }];
}

function endpoint(address: string | undefined, port: number | undefined): string | undefined {
  if (address === undefined) return undefined;
  const host = address.includes(':') ? `[${address}]` : address;
  return port === undefined ? host : `${host}:${port}`;
}

/** Distinguished names come one attribute a line. */
function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

/** UTC, as certificates state it: `2026-05-01`. */
function day(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10);
}
