import { holdCases } from './holdCases.ts';

holdCases('conformance: proxies and TLS', ['noproxy', 'proxy-select', 'proxy-exchange', 'tls']);
