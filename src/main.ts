import 'reflect-metadata';
import { startEmbedded } from './embedded/services.js';
import { loadConfig } from './kernel/config.js';
import { migrate } from './kernel/database.js';
import { run } from './process.js';
import { createWeb } from './web.js';
import { WorkerRunner } from './worker/worker.runner.js';

/** `npm start`: web and workers in one process, with whatever service is missing beside them. */
await run(async (logger, onStop) => {
  const config = loadConfig();
  const embedded = await startEmbedded(config);
  onStop(() => embedded.stop());
  await migrate(config.DATABASE_URL ?? '');
  const app = await createWeb(config, logger(config));
  onStop(() => app.close());
  app.get(WorkerRunner).start();
  await app.listen(config.PORT, config.host);
  const address = await app.getUrl();
  process.stdout.write(`\nSameboat is open at ${config.BASE_URL ?? address}\n`);
  if (embedded.mailbox !== null) process.stdout.write(`Mail can be read at ${embedded.mailbox.address}\n`);
});
