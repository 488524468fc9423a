import { rmSync } from 'node:fs';

export default async function tearDown() {
  const running = globalThis.__postgres;
  if (running === undefined) return;
  globalThis.__postgres = undefined;
  await running.server.stop();
  rmSync(running.folder, { recursive: true, force: true });
}
