import { dayText, SiteClosures, type SecondPerson } from '../site-closure/site-closures.service.js';
import { wipeDatabase, wipeFolder, wipeRedis } from '../site-closure/wipe.js';
import { openApplication } from './application.js';
import { urlOf, type DatabaseVerb } from './backup.js';
import { requireOption, type Options } from './command.js';

const NOT_REACHED = [
  'Not reached, for you to delete: backups and their passphrase, exports of the site, database logs',
  '(WAL archives, replicas, disk snapshots), old databases kept by change-locale, logs of the proxy',
  'and the mail server, the settings with their keys, and what webhooks passed on.',
];

export async function planClosure(closures: SiteClosures, options: Options): Promise<string> {
  const days = {
    readOnly: requireOption(options, 'read-only'),
    wipe: requireOption(options, 'wipe'),
  };
  const reason = requireOption(options, 'reason');
  const plan = await closures.plan(days, reason, secondOf(options));
  return [
    `Members are told by email and on every page: read-only from ${dayText(plan.readOnlyAt)},`,
    `wiped from ${dayText(plan.wipeAt)}. To cancel before then: close-site cancel.`,
  ].join('\n');
}

export async function cancelClosure(closures: SiteClosures, options: Options): Promise<string> {
  await closures.cancel(requireOption(options, 'reason'));
  return 'The site stays open. Members are told by email.';
}

export async function closureStatus(closures: SiteClosures): Promise<string> {
  const plan = await closures.current();
  return plan === null
    ? 'The site is not about to close.'
    : `Planned on ${dayText(plan.plannedAt)}: read-only from ${dayText(plan.readOnlyAt)}, ` +
        `wiped from ${dayText(plan.wipeAt)}.`;
}

export const wipeVerbs: Record<string, DatabaseVerb> = {
  'wipe-site': {
    help:
      'wipe-site --site HOST --reason WHY --second HANDLE --code CODE    ' +
      'deletes everything on a site whose closing day has come. It cannot be undone. HOST is that of ' +
      'BASE_URL, with its port if it has one',
    database: 'database-only',
    run: async (config, options) => {
      const app = await openApplication(config);
      let closureId: string;
      try {
        const plan = await app
          .get(SiteClosures, { strict: false })
          .agreeToWipe(
            requireOption(options, 'site'),
            new URL(config.baseUrl).host,
            requireOption(options, 'reason'),
            secondOf(options),
          );
        closureId = plan.id;
      } finally {
        // The wipe requires that nobody else is connected.
        await app.close();
      }
      // Redis first: if it is unreachable, nothing has changed and the command can be run again.
      const keys = config.REDIS_URL === undefined ? null : await wipeRedis(config.REDIS_URL);
      const tables = await wipeDatabase(urlOf(config), closureId);
      return [
        `${tables} tables are empty, and the queues are gone.`,
        ...(keys === null ? [] : [`${keys} keys were deleted from Redis.`]),
      ].join('\n');
    },
    afterwards: (config) => {
      const files = wipeFolder(config.dataDir);
      return [
        ...(files.length === 0 ? [] : [`Deleted from DATA_DIR: ${files.join(', ')}.`]),
        ...NOT_REACHED,
      ].join('\n');
    },
  },
};

function secondOf(options: Options): SecondPerson {
  return { handle: requireOption(options, 'second'), code: requireOption(options, 'code') };
}
