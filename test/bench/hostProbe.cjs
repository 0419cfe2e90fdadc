/*
 * Loaded into every Node process of the server by NODE_OPTIONS; in the extension host it tells the longest wait of the event loop and
 * the memory of the process (its threads included), at the address that it writes to a file.
 */
'use strict';
const file = process.env.CRUMBTRAIL_HOST_PROBE;
if (file !== undefined && process.argv.some((argument) => argument.includes('extensionHost'))) {
  const { monitorEventLoopDelay } = require('node:perf_hooks');
  const { createServer } = require('node:http');
  const { writeFileSync } = require('node:fs');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let most = 0;
  setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20).unref();
  const server = createServer((request, response) => {
    response.end(JSON.stringify({ delayMs: delay.max / 1e6, rss: process.memoryUsage.rss(), most }));
    if (request.url === '/reset') {
      delay.reset();
      most = 0;
    }
  }).listen(0, '127.0.0.1', () => writeFileSync(file, String(server.address().port)));
  server.unref();
}
