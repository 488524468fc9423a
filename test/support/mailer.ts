import { Messages } from '../../src/i18n/messages.js';
import { Clock } from '../../src/kernel/clock.js';
import { readConfig } from '../../src/kernel/config.js';
import { Logger } from '../../src/kernel/logger.js';
import { DomainRateLimit } from '../../src/mail/domain-rate-limit.js';
import { Envelopes } from '../../src/mail/envelopes.js';
import { MailTemplates } from '../../src/mail/mail-templates.js';
import { Mailer, type Email } from '../../src/mail/mailer.js';
import { Suppressions } from '../../src/mail/suppressions.js';
import { MailTransport, type Envelope } from '../../src/mail/transport.js';
import { Assets } from '../../src/rendering/assets.js';
import { Templates } from '../../src/rendering/templates.js';
import type { TestDatabase } from './database.js';

const ENV = { NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40), BASE_URL: 'https://boat.example' };

/** Records emails, fails with an error, or runs a callback while sending. */
export class RecordingTransport extends MailTransport {
  readonly sent: Envelope[] = [];
  fault: {
    responseCode?: number;
    code?: string;
    command?: string;
    response?: string;
  } | null = null;
  meanwhile: () => Promise<void> = () => Promise.resolve();

  constructor() {
    super(readConfig(ENV), new Clock());
  }

  override async send(envelope: Envelope, held?: Promise<void>): Promise<void> {
    await held;
    await this.meanwhile();
    if (this.fault !== null) throw Object.assign(new Error('refused'), this.fault);
    this.sent.push(envelope);
  }
}

const messages = new Messages();
const templates = new MailTemplates(new Templates(messages, new Assets()));

/** A worker's mailer with the real templates, database and envelopes. */
export function testMailer(
  db: TestDatabase,
  transport: MailTransport,
  env: Record<string, string> = {},
): Mailer {
  const config = readConfig({ ...ENV, ...env });
  return new Mailer(
    db.clock,
    db.sql,
    new Envelopes(config, messages, templates),
    transport,
    new DomainRateLimit(config, db.sql, db.clock),
    testSuppressions(db),
    new Logger('silent', true),
  );
}

export function testSuppressions(db: TestDatabase): Suppressions {
  const logger = new Logger('silent', true);
  return new Suppressions(readConfig(ENV), db.database, db.sql, db.clock, logger);
}

let count = 0;

/** An account security email to ann with a unique key. */
export async function testEmail(db: TestDatabase): Promise<Email> {
  return {
    key: `email-${++count}`,
    kind: 'account',
    memberId: await db.make.member('ann'),
    to: 'ann@example.org',
    locale: 'en',
    template: 'already-a-member',
    view: { home: ENV.BASE_URL },
  };
}

/** The same email to several addresses, each with its own key. */
export function copiesOf(email: Email, names: readonly string[], domain = 'example.org'): Email[] {
  return names.map((name) => ({
    ...email,
    key: `${email.key}-${name}`,
    to: `${name}@${domain}`,
  }));
}
