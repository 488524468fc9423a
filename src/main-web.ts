import 'reflect-metadata';
import { loadConfig } from './kernel/config.js';
import { waitForDatabase } from './kernel/database-wait.js';
import { listen } from './listen.js';
import { run } from './process.js';
import { requireSharedServices } from './embedded/demand.js';
import { isFirstOfSeveral, shareMetrics, WebProcesses } from './web-processes.js';

/**
 * `npm run start:web`: serves requests; jobs run in other processes. Migrations must have been run
 * before.
 */
void run(async (logger, onStop) => {
  const config = requireSharedServices(loadConfig());
  const log = logger(config);
  await waitForDatabase(config, log);
  if (isFirstOfSeveral(config.WEB_PROCESSES)) {
    const processes = new WebProcesses(config.WEB_PROCESSES, log);
    onStop(() => processes.stop());
    await processes.start();
    return;
  }
  // The first process serves no requests, so it does not load the modules for serving.
  const { createWeb } = await import('./web.js');
  const { RequestMetrics } = await import('./http/request-metrics.js');
  const app = await createWeb(config, log);
  onStop(() => app.close());
  shareMetrics(app.get(RequestMetrics));
  await listen(app, config);
});
