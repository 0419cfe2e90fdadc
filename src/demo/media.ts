import { brotliCompressSync, crc32, deflateSync, gzipSync } from 'node:zlib';
import { send, type DemoCall } from './demoCall.ts';
import type { DemoRoute } from './demoRoute.ts';

export const mediaRoutes: readonly DemoRoute[] = [
  { method: 'GET', path: '/gzip', about: 'JSON, compressed with gzip', run: (call) => encoded(call, 'gzip') },
  { method: 'GET', path: '/brotli', about: 'JSON, compressed with Brotli', run: (call) => encoded(call, 'br') },
  { method: 'GET', path: '/image.png', about: 'A small picture', run: png },
  { method: 'GET', path: '/image.svg', about: 'A drawing', run: svg },
  { method: 'GET', path: '/page.html', about: 'A page', run: page },
  { method: 'GET', path: '/feed.xml', about: 'An XML document', run: xml },
];

function encoded(call: DemoCall, coding: 'gzip' | 'br'): void {
  const rows = Array.from({ length: 200 }, (_, index) => ({ id: index + 1, text: 'The same words compress well.' }));
  const text = JSON.stringify({ coding, rows }, undefined, 2);
  const body = coding === 'gzip' ? gzipSync(text) : brotliCompressSync(text);
  call.response.setHeader('Content-Encoding', coding);
  send(call, 200, 'application/json', body);
}

const size = 96;

/** A gradient, drawn here: 96 x 96 pixels of RGB, one IDAT chunk (PNG specification 5). */
function png(call: DemoCall): void {
  const rows = Array.from({ length: size }, (_, y) => [
    0,
    ...Array.from({ length: size }, (_, x) => [230 - x, 120 + Math.round(x / 2), 60 + y * 2]).flat(),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  send(
    call,
    200,
    'image/png',
    Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      pngChunk('IHDR', header),
      pngChunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
      pngChunk('IEND', Buffer.alloc(0)),
    ]),
  );
}

function pngChunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

function svg(call: DemoCall): void {
  const circle = (x: number, y: number, radius: number): string => `<circle cx="${x}" cy="${y}" r="${radius}"/>`;
  const chips = [circle(35, 40, 6), circle(60, 30, 5), circle(64, 60, 7), circle(40, 66, 5)].join('');
  const cookie = `<g fill="#d9a066">${circle(50, 50, 40)}</g><g fill="#5b3a1a">${chips}</g>`;
  send(call, 200, 'image/svg+xml', `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${cookie}</svg>\n`);
}

function page(call: DemoCall): void {
  const text = '<!doctype html>\n<title>Demo page</title>\n<h1>Hello</h1>\n<p>This page has no script.</p>\n';
  send(call, 200, 'text/html; charset=utf-8', text);
}

function xml(call: DemoCall): void {
  const entries = ['Teapot', 'Cookie jar'].map((name, index) => `  <item id="${index + 1}">${name}</item>\n`).join('');
  send(call, 200, 'application/xml', `<?xml version="1.0" encoding="UTF-8"?>\n<items>\n${entries}</items>\n`);
}
