import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { MembersAdmin, OperatorFault } from '../accounts/members-admin.service.js';
import { startEmbedded } from '../embedded/services.js';
import { loadConfig } from '../kernel/config.js';
import { migrate } from '../kernel/database.js';
import { Logger } from '../kernel/logger.js';
import { Queues } from '../queue/queues.js';
import { WorkerModule } from '../worker.module.js';
import { command, need, type Options } from './command.js';

interface Tools {
  members: MembersAdmin;
  queues: Queues;
}

interface Verb {
  help: string;
  run(tools: Tools, options: Options): Promise<string>;
}

const ROLES = ['member', 'moderator', 'admin'] as const;

const verbs: Record<string, Verb> = {
  'create-admin': {
    help: 'create-admin --email ADDRESS --handle NAME    makes an administrator and prints a link to set the password',
    run: async ({ members }, options) => `Set the password within an hour at ${await members.createAdmin(need(options, 'email'), need(options, 'handle'))}`,
  },
  grant: {
    help: 'grant --handle NAME --role member|moderator|admin    gives a member a role on the whole site',
    run: async ({ members }, options) => {
      const role = ROLES.find((known) => known === need(options, 'role'));
      if (role === undefined) throw new OperatorFault(`--role is one of ${ROLES.join(', ')}.`);
      await members.grant(need(options, 'handle'), role);
      return 'Done.';
    },
  },
  'jobs counts': { help: 'jobs counts    jobs waiting, running, delayed and failed, by queue', run: async ({ queues }) => JSON.stringify(await queues.counts(), null, 2) },
  'jobs retry-failed': { help: 'jobs retry-failed    puts every failed job back', run: async ({ queues }) => `${await queues.retryFailed()} put back.` },
};

const all = Object.values(verbs).map((verb) => `  ${verb.help}`).join('\n');

await command(
  { name: 'admin', usage: `npm run admin -- <verb>\n${all}`, about: 'Each takes --help.', options: { email: { type: 'string' }, handle: { type: 'string' }, role: { type: 'string' } } },
  async (words, options) => {
    const verb = verbs[words.join(' ')];
    if (verb === undefined) throw new OperatorFault(`There is no such verb. The verbs are:\n${all}`);
    if (options.help === true) return verb.help;
    const config = loadConfig();
    const embedded = await startEmbedded(config, 'database-only');
    config.SMTP_URL ??= 'smtp://127.0.0.1:25';
    await migrate(config.DATABASE_URL ?? '');
    const log = new Logger('silent', true);
    const app = await NestFactory.createApplicationContext(WorkerModule.with(config, log), { logger: log, abortOnError: false });
    try {
      return await verb.run({ members: app.get(MembersAdmin, { strict: false }), queues: app.get(Queues) }, options);
    } finally {
      await app.close();
      await embedded.stop();
    }
  },
);
