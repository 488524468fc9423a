import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Config } from '../kernel/config.js';
import { migrate } from '../kernel/database.js';
import { Logger } from '../kernel/logger.js';
import { WorkerModule } from '../worker.module.js';

/**
 * Starts the application context on a migrated database for one command, without workers and
 * logging.
 */
export async function openApplication(config: Config): Promise<INestApplicationContext> {
  config.SMTP_URL ??= 'smtp://127.0.0.1:25';
  await migrate(config.directUrl);
  const log = new Logger('silent', true);
  return NestFactory.createApplicationContext(WorkerModule.with(config, log), {
    logger: log,
    abortOnError: false,
  });
}
