import 'reflect-metadata';
import { startEmbedded } from '../embedded/services.js';
import { loadConfig } from '../kernel/config.js';
import { migrate, revertMigration } from '../kernel/database.js';
import { waitForDatabase } from '../kernel/database-wait.js';
import { Logger } from '../kernel/logger.js';
import { OperatorFault } from '../accounts/members-admin.service.js';
import { command } from './command.js';

void command(
  {
    name: 'migrate',
    usage: 'migrate up|down [--wait] [--yes]',
    about:
      'Brings the schema up to date, or reverts the latest migration. One process at a time. ' +
      '--wait waits up to a minute for a database that is still starting.',
    options: { yes: { type: 'boolean' }, wait: { type: 'boolean' } },
  },
  async ([direction], options) => {
    if (direction !== 'up' && direction !== 'down')
      throw new OperatorFault('migrate takes up or down.');
    const config = loadConfig();
    if (direction === 'down' && config.production && options.yes !== true)
      throw new OperatorFault(
        'Reverting drops data that only the newer schema can hold. Take a backup ' +
          '(npm run admin -- backup FILE), then: npm run migrate:revert -- --yes',
      );
    if (options.wait === true)
      await waitForDatabase(config, new Logger(config.LOG_LEVEL, config.production));
    const embedded = await startEmbedded(config, 'database-only');
    try {
      if (direction === 'down') {
        await revertMigration(config.directUrl);
        return 'The latest migration is reverted.';
      }
      const done = await migrate(config.directUrl);
      return done.length === 0 ? 'The schema is up to date.' : `Done: ${done.join(', ')}`;
    } finally {
      await embedded.stop();
    }
  },
);
