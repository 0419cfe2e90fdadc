import { FaultServer, faults } from './faultServer.ts';

// Every fault on a port of its own, to be tried by hand: `node test/support/faults/serve.ts`.
for (const [subject, list] of Object.entries(faults)) {
  console.log(subject);
  for (const { name, as = 'http', serve } of list) {
    const { port } = await FaultServer.start(serve);
    console.log(
      `  ${as === 'http' || as === 'https' ? `${as}://127.0.0.1:${port}/fault` : `${as} 127.0.0.1:${port}`}  ${name}`,
    );
  }
}
