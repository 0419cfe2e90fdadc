import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bypassesProxy } from '../../../../src/core/http/proxy/noProxy.ts';

function check([list, url]: readonly [list: string, url: string], expected: 'direct' | 'proxy'): void {
  test(`"${list}" sends ${url} ${expected === 'direct' ? 'there directly' : 'through the proxy'}`, () => {
    assert.equal(bypassesProxy(new URL(url), list) ? 'direct' : 'proxy', expected);
  });
}

// Names: the whole name or what is below it, never the end of a label.
check(['example.com', 'http://example.com/'], 'direct');
check(['example.com', 'http://a.b.example.com/'], 'direct');
check(['EXAMPLE.com', 'http://Example.COM/'], 'direct');
check(['example.com', 'http://notexample.com/'], 'proxy');
check(['example.com', 'http://example.com.evil.test/'], 'proxy');
check(['.example.com', 'http://example.com/'], 'direct');
check(['*.example.com', 'http://www.example.com/'], 'direct');
check(['*.example.com', 'http://example.com/'], 'proxy');
check(['example.com.', 'http://example.com/'], 'direct');
check(['example.com', 'http://example.com./'], 'direct');
check(['bücher.test', 'http://xn--bcher-kva.test/'], 'direct');
check(['localhost', 'http://127.0.0.1/'], 'proxy');

// Lists: commas and blanks, and `*` wherever it stands.
check(['a.test b.test', 'http://b.test/'], 'direct');
check(['a.test,\tb.test', 'http://b.test/'], 'direct');
check(['*', 'https://anything.test/'], 'direct');
check(['foo,*', 'https://anything.test/'], 'direct');
check(['', 'http://example.com/'], 'proxy');
check([',, ,', 'http://example.com/'], 'proxy');
check(['foo*', 'http://foobar/'], 'proxy');

// Ports: the effective one counts.
check(['example.com:80', 'http://example.com/'], 'direct');
check(['example.com:443', 'https://example.com/'], 'direct');
check(['example.com:80', 'https://example.com/'], 'proxy');
check(['example.com:0443', 'https://example.com/'], 'direct');
check(['[::1]:8080', 'http://[::1]:8080/'], 'direct');
check(['[::1]:8080', 'http://[::1]/'], 'proxy');

// Addresses are compared as what they are, however they are written.
check(['127.0.0.1', 'http://[::ffff:127.0.0.1]/'], 'direct');
check(['::ffff:127.0.0.1', 'http://127.0.0.1/'], 'direct');
check(['127.1', 'http://127.0.0.1/'], 'direct');
check(['::1', 'http://[0:0:0:0:0:0:0:1]/'], 'direct');
check(['[::1]', 'http://[::1]/'], 'direct');
check(['10.0.0.1', 'http://10.0.0.10/'], 'proxy');
check(['0.1', 'http://10.0.0.1/'], 'proxy');

// Networks.
check(['10.0.0.0/8', 'http://10.255.0.1/'], 'direct');
check(['10.0.0.0/8', 'http://11.0.0.1/'], 'proxy');
check(['10.128.0.0/9', 'http://10.127.0.1/'], 'proxy');
check(['0.0.0.0/0', 'http://8.8.8.8/'], 'direct');
check(['0.0.0.0/0', 'http://[::2]/'], 'proxy');
check(['10.0.0.1/32', 'http://10.0.0.1/'], 'direct');
check(['10.0.0.0/33', 'http://10.0.0.0/'], 'proxy');
check(['10.0.0.0/8', 'http://[::ffff:10.1.2.3]/'], 'direct');
check(['::ffff:10.0.0.0/104', 'http://10.1.2.3/'], 'direct');
check(['fd00::/8', 'http://[fd12:3456::1]/'], 'direct');
check(['fd00::/8', 'http://[fe12::1]/'], 'proxy');
check(['192.168.1.0/255.255.255.0', 'http://192.168.1.7/'], 'proxy');
check(['10.0.0.0/8', 'http://ten.example.com/'], 'proxy');
