import 'reflect-metadata';
import { loadConfig } from './kernel/config.js';
import { run } from './process.js';
import { demandServices } from './embedded/demand.js';
import { createWeb } from './web.js';

/**
 * `npm run start:web`: answers requests; the jobs run elsewhere. Migrations are run before, by
 * hand.
 */
await run(async (logger, onStop) => {
  const config = demandServices(loadConfig());
  const app = await createWeb(config, logger(config));
  onStop(() => app.close());
  await app.listen(config.PORT, config.host);
});
