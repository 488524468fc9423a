import 'reflect-metadata';
import { hashPassword } from './accounts/password.js';
import { reloadViews } from './dev/reload-views.js';
import { startEmbedded } from './embedded/services.js';
import { Assets } from './rendering/assets.js';
import { Clock } from './kernel/clock.js';
import { ConfigFault, loadConfig, type Config } from './kernel/config.js';
import { Database, migrate } from './kernel/database.js';
import { waitForDatabase } from './kernel/database-wait.js';
import { Messages } from './i18n/messages.js';
import { VIEWS } from './kernel/paths.js';
import { listen } from './listen.js';
import { Templates } from './rendering/templates.js';
import { Vault } from './vault/vault.js';
import { MailTemplates } from './mail/mail-templates.js';
import { run } from './process.js';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from './seed/demo-accounts.js';
import { loadDemo } from './seed/demo.js';
import { loadFirstContent } from './seed/first-content.js';
import { createWeb } from './web.js';
import { WorkerRunner } from './worker/worker.runner.js';

const REFUSED =
  'The demo log-ins are refused, because others can reach this server and their password is public. ' +
  'DEMO=public lets them in.\n';

/** `npm start`: web and workers in one process, with embedded replacements for missing services. */
void run(async (logger, onStop) => {
  const config = loadConfig();
  if (config.production)
    throw new ConfigFault(
      '`npm start` is for trying things out and for development. ' +
        'In production: npm run migrate, then npm run start:web and npm run start:worker.',
    );
  const log = logger(config);
  const embedded = await startEmbedded(config);
  onStop(() => embedded.stop());
  await waitForDatabase(config, log);
  await migrate(config.directUrl);
  const app = await createWeb(config, log);
  onStop(() => app.close());
  onStop(
    reloadViews(
      VIEWS,
      [app.get(Messages), app.get(Assets), app.get(Templates), app.get(MailTemplates)],
      log,
    ),
  );
  await loadFirstContent(app);
  const demo =
    config.DEMO !== 'off' &&
    (await loadDemo(
      app.get(Database),
      app.get(Vault),
      app.get(Clock).now(),
      await hashPassword(DEMO_PASSWORD),
    ));
  await listen(app, config);
  app.get(WorkerRunner).start();
  process.stdout.write(
    welcome(config, await app.getUrl(), embedded.mailbox?.address ?? null, demo),
  );
});

function welcome(config: Config, address: string, mailbox: string | null, demo: boolean): string {
  const loaded = demo ? 'The demo communities are loaded. ' : '';
  const logins = DEMO_ACCOUNTS.map(
    ({ email, handle, as }) =>
      `  ${as.padEnd(10)} ${email.padEnd(26)} ${DEMO_PASSWORD}   (${handle})\n`,
  ).join('');
  return [
    `\nSameboat is open at ${config.BASE_URL ?? address.replace('127.0.0.1', 'localhost')}\n`,
    mailbox === null ? '' : `Mail can be read at ${mailbox}\n`,
    config.demoLogIns
      ? config.DEMO === 'off'
        ? ''
        : `${loaded}Log-ins for trying things out, address and password:\n${logins}`
      : `${loaded}${REFUSED}`,
    'Ctrl-C stops all of it; the next start finds the same data.\n\n',
  ].join('');
}
