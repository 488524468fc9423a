import 'reflect-metadata';
import { startEmbedded } from '../embedded/services.js';
import { loadConfig } from '../kernel/config.js';
import { migrate, revertMigration } from '../kernel/database.js';
import { OperatorFault } from '../accounts/members-admin.service.js';
import { command } from './command.js';

await command(
  {
    name: 'migrate',
    usage: 'migrate up|down [--yes]',
    about: 'Brings the schema up to date, or reverts the latest migration. One process at a time.',
    options: { yes: { type: 'boolean' } },
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
