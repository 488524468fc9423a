import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Config } from '../kernel/config.js';
import { migrate } from '../kernel/database.js';
import { Logger } from '../kernel/logger.js';
import { WorkerModule } from '../worker.module.js';

/** The features on a migrated database, for one command: no worker runs, and nothing is logged. */
export async function openApplication(config: Config): Promise<INestApplicationContext> {
  config.SMTP_URL ??= 'smtp://127.0.0.1:25';
  await migrate(config.directUrl);
  const log = new Logger('silent', true);
  return NestFactory.createApplicationContext(WorkerModule.with(config, log), {
    logger: log,
    abortOnError: false,
  });
}
