import { createServer } from 'node:net';

/** A port of the loopback address that nobody listens on, so that several test runs can go on side by side. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
