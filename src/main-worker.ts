import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { requireSharedServices } from './embedded/demand.js';
import { loadConfig } from './kernel/config.js';
import { waitForDatabase } from './kernel/database-wait.js';
import { run } from './process.js';
import { tryFirstContent } from './seed/first-content.js';
import { WorkerModule } from './worker.module.js';
import { WorkerRunner } from './worker/worker.runner.js';

/** `npm run start:worker`: dispatches events to the queues and runs the jobs. */
void run(async (logger, onStop) => {
  const config = requireSharedServices(loadConfig());
  const log = logger(config);
  await waitForDatabase(config, log);
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config, log), {
    logger: log,
    abortOnError: false,
  });
  onStop(() => app.close());
  await tryFirstContent(app);
  app.get(WorkerRunner).start();
});
