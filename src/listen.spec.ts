import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { ConfigFault } from './kernel/config.js';
import { listen } from './listen.js';

const listening = (host: string): Promise<void> => {
  const server = createServer();
  const app = {
    listen: (port: number, name: string) =>
      new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, name, () => server.close(() => resolve()));
      }),
  };
  return listen(app, { PORT: 0, host });
};

describe('listening', () => {
  it('works on an address of this machine', async () => {
    await listening('127.0.0.1');
  });

  it.each(['bad host', '203.0.113.5'])('names HOST if it is %j', async (host) => {
    const fault = listening(host);
    await expect(fault).rejects.toThrow(ConfigFault);
    await expect(fault).rejects.toThrow(/^Settings: HOST must be [^\n]+$/);
  });
});
