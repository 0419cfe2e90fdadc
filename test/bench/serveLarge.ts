/* Large bodies from a process of their own, so that who drives the browser does not take time from the one that is measured. */
import { startLargeServer } from '../support/largeServer.ts';

const server = await startLargeServer();
process.on('message', () => process.send?.(server.last()));
process.on('disconnect', () => process.exit());
process.send?.(server.origin);
