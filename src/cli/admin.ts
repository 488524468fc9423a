import 'reflect-metadata';
import { MembersAdmin, OperatorFault } from '../accounts/members-admin.service.js';
import { WebhookEndpoints } from '../webhooks/webhook-endpoints.service.js';
import { TotpSecrets } from '../accounts/totp-secrets.js';
import { StrategyPacks } from '../coping-strategies/packs/strategy-packs.service.js';
import { startEmbedded } from '../embedded/services.js';
import { loadConfig, type Config } from '../kernel/config.js';
import { DataExport } from '../account-data/data-export.service.js';
import { Messages } from '../i18n/messages.js';
import { Vault } from '../vault/vault.js';
import { Relay } from '../outbox/relay.js';
import { Queues } from '../queue/queues.js';
import { openApplication } from './application.js';
import { backupVerbs, runDatabaseVerb } from './backup.js';
import { command, requireOption, type Options } from './command.js';
import { rejectMisuse, unknownVerb } from './usage.js';
import { localeVerbs } from './change-locale.js';
import { importVerbs } from './import.js';
import { mailVerbs } from './mail-check.js';
import { siteExportVerbs } from './site-export.js';
import { LinkChecks } from '../resources/link-checks.service.js';
import { SiteClosures } from '../site-closure/site-closures.service.js';
import { checkLinks } from './links.js';
import { cancelClosure, closureStatus, planClosure, wipeVerbs } from './close-site.js';
import { listFailed, replayOutbox, retryFailed } from './jobs.js';
import {
  exportStrategies,
  importStarter,
  importStrategies,
  type StrategyTools,
} from './strategies.js';

interface Tools extends StrategyTools {
  config: Config;
  members: MembersAdmin;
  queues: Queues;
  relay: Relay;
  vault: Vault;
  own: DataExport;
  totp: TotpSecrets;
  links: LinkChecks;
  webhooks: WebhookEndpoints;
  closures: SiteClosures;
}

interface Verb {
  help: string;
  /** @param words arguments after the verb */
  run(tools: Tools, options: Options, words: string[]): Promise<string>;
}

const ROLES = ['member', 'moderator', 'admin'] as const;

const verbs: Record<string, Verb> = {
  'create-admin': {
    help:
      'create-admin --email ADDRESS --handle NAME    ' +
      'creates an administrator and prints a link to set the password',
    run: async ({ members }, options) => {
      const link = await members.createAdmin(
        requireOption(options, 'email'),
        requireOption(options, 'handle'),
      );
      return `Set the password within an hour at ${link}`;
    },
  },
  grant: {
    help: 'grant --handle NAME --role member|moderator|admin    gives a member a role on the whole site',
    run: async ({ members }, options) => {
      const role = ROLES.find((known) => known === requireOption(options, 'role'));
      if (role === undefined) throw new OperatorFault(`--role is one of ${ROLES.join(', ')}.`);
      await members.grant(requireOption(options, 'handle'), role);
      return 'Done.';
    },
  },
  export: {
    help:
      'export --member HANDLE --reason WHY [--second HANDLE --code CODE]    ' +
      'prints a member’s data as JSON, without what is encrypted for them; with a second person ' +
      'and their code, also what was written under other names',
    run: async ({ own, members }, options) => {
      const handle = requireOption(options, 'member');
      const second =
        options.second === undefined
          ? null
          : { handle: requireOption(options, 'second'), code: requireOption(options, 'code') };
      await members.noteExport(handle, requireOption(options, 'reason'), second);
      const file = await own.ofHandle(handle, { aliases: second !== null });
      if (file === null) throw new OperatorFault('Nobody has that handle.');
      return JSON.stringify(file, null, 2);
    },
  },
  'end-sessions': {
    help:
      'end-sessions --member HANDLE|--everybody --reason WHY    ' +
      'logs a member out on every device, or all members',
    run: async ({ members }, options) => {
      if (options.everybody === true && options.member !== undefined)
        throw new OperatorFault('Give --member or --everybody, not both.');
      const handle = options.everybody === true ? null : requireOption(options, 'member');
      const ended = await members.endSessions(handle, requireOption(options, 'reason'));
      return `${ended} ended.`;
    },
  },
  'jobs counts': {
    help: 'jobs counts    counts waiting, running, delayed and failed jobs by queue',
    run: async ({ queues }) => JSON.stringify(await queues.counts(), null, 2),
  },
  'jobs list-failed': {
    help:
      'jobs list-failed [--queue urgent|default|bulk] [--name JOB]    ' +
      'lists jobs that failed for good, with the name and code of their error',
    run: ({ queues }, options) => listFailed(queues, options),
  },
  'jobs retry-failed': {
    help: 'jobs retry-failed [--queue urgent|default|bulk] [--name JOB]    puts failed jobs back into their queues',
    run: ({ queues }, options) => retryFailed(queues, options),
  },
  'jobs replay-outbox': {
    help:
      'jobs replay-outbox --since 2026-01-31T12:00Z    ' +
      'hands over once more what happened since then; what a queue still knows, it ' +
      'drops',
    run: ({ relay }, options) => replayOutbox(relay, options),
  },
  'private-keys wrap': {
    help:
      'private-keys wrap    ' +
      'wraps members’ private keys again with PRIVATE_KEY, so that PRIVATE_KEY_PREVIOUS and ' +
      'SECRET_KEY_PREVIOUS can be removed',
    run: async ({ vault, totp, webhooks }) => {
      const others = (await totp.sealAllAnew()) + (await webhooks.sealAllAnew());
      return `${(await vault.wrapAllAnew()) + others} keys wrapped again.`;
    },
  },
  'strategies export': {
    help: 'strategies export FILE    writes the library as an open strategy pack, without members’ strategies',
    run: (tools, _, words) => exportStrategies(tools, words),
  },
  'strategies import': {
    help: 'strategies import FILE    imports a strategy pack, completely or not at all',
    run: (tools, _, words) => importStrategies(tools, words),
  },
  'check-links': {
    help:
      'check-links    ' +
      'checks whether the links of “Help elsewhere” still work; requires LINK_CHECKS=on',
    run: ({ links, config }) => checkLinks(links, config),
  },
  'close-site plan': {
    help:
      'close-site plan --read-only DAY --wipe DAY --reason WHY --second HANDLE --code CODE    ' +
      'plans to close the site down and tells its members',
    run: ({ closures }, options) => planClosure(closures, options),
  },
  'close-site cancel': {
    help: 'close-site cancel --reason WHY    cancels the plan and tells the members',
    run: ({ closures }, options) => cancelClosure(closures, options),
  },
  'close-site status': {
    help: 'close-site status    says whether the site is about to close, and when',
    run: ({ closures }) => closureStatus(closures),
  },
  'strategies starter': {
    help: 'strategies starter    imports the starter pack, or a newer version of it',
    run: (tools) => importStarter(tools),
  },
};

const databaseVerbs = {
  ...backupVerbs,
  ...siteExportVerbs,
  ...importVerbs,
  ...mailVerbs,
  ...localeVerbs,
  ...wipeVerbs,
};
const all = Object.values({ ...verbs, ...databaseVerbs })
  .map((verb) => `  ${verb.help}`)
  .join('\n');

void command(
  {
    name: 'admin',
    usage: `npm run admin -- <verb>\n${all}`,
    about: 'Each takes --help.',
    options: {
      email: { type: 'string' },
      handle: { type: 'string' },
      role: { type: 'string' },
      member: { type: 'string' },
      reason: { type: 'string' },
      second: { type: 'string' },
      code: { type: 'string' },
      queue: { type: 'string' },
      name: { type: 'string' },
      since: { type: 'string' },
      'read-only': { type: 'string' },
      wipe: { type: 'string' },
      site: { type: 'string' },
      everybody: { type: 'boolean' },
      json: { type: 'boolean' },
      community: { type: 'string', multiple: true },
      origin: { type: 'string' },
      language: { type: 'string' },
      losses: { type: 'string' },
      'dry-run': { type: 'boolean' },
    },
  },
  async (words, options) => {
    const onDatabase = databaseVerbs[words[0] ?? ''];
    const name =
      onDatabase === undefined
        ? Object.keys(verbs).find((known) => `${words.join(' ')} `.startsWith(`${known} `))
        : words[0];
    const verb = onDatabase ?? verbs[name ?? ''];
    if (name === undefined || verb === undefined)
      throw new OperatorFault(unknownVerb(Object.keys({ ...verbs, ...databaseVerbs }), words));
    if (options.help === true) return verb.help;
    const rest = words.slice(name.split(' ').length);
    rejectMisuse(name, verb.help, rest, options);
    if ('database' in verb) return runDatabaseVerb(verb, options, rest);
    const config = loadConfig();
    const embedded = await startEmbedded(config, 'database-only');
    const app = await openApplication(config);
    try {
      return await verb.run(
        {
          config,
          members: app.get(MembersAdmin, { strict: false }),
          queues: app.get(Queues),
          relay: app.get(Relay),
          vault: app.get(Vault),
          own: app.get(DataExport, { strict: false }),
          totp: app.get(TotpSecrets, { strict: false }),
          webhooks: app.get(WebhookEndpoints, { strict: false }),
          packs: app.get(StrategyPacks, { strict: false }),
          closures: app.get(SiteClosures, { strict: false }),
          links: app.get(LinkChecks, { strict: false }),
          messages: app.get(Messages),
        },
        options,
        rest,
      );
    } finally {
      await app.close();
      await embedded.stop();
    }
  },
);
