import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { eventually } from '../../test/support/eventually.js';
import { Assets } from '../rendering/assets.js';
import { SECOND } from '../kernel/clock.js';
import { readConfig } from '../kernel/config.js';
import { Logger } from '../kernel/logger.js';
import { Messages } from '../i18n/messages.js';
import { Templates } from '../rendering/templates.js';
import { DomainRateLimit } from './domain-rate-limit.js';
import { Envelopes } from './envelopes.js';
import { MailTemplates } from './mail-templates.js';
import { Mailer, MailInFlight, type Email } from './mailer.js';
import { Suppressions } from './suppressions.js';
import { MailTransport, type Envelope } from './transport.js';

class Post extends MailTransport {
  readonly sent: Envelope[] = [];
  meanwhile: () => Promise<void> = () => Promise.resolve();

  override async send(envelope: Envelope): Promise<void> {
    await this.meanwhile();
    this.sent.push(envelope);
  }
}

const ENV = { NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40), BASE_URL: 'https://boat.example' };
const messages = new Messages();
const templates = new MailTemplates(new Templates(messages, new Assets()));

describe('a mail', () => {
  let db: TestDatabase;
  let post: Post;
  let mailer: Mailer;
  let letter: Email;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    post = new Post(readConfig(ENV));
    mailer = make({});
    const memberId = await db.make.member('ann');
    letter = {
      key: `call-${++count}`,
      kind: 'account',
      memberId,
      to: 'ann@example.org',
      locale: 'en',
      template: 'already-a-member',
      view: { home: 'x' },
    };
  });

  /** A worker's mailer; all share one mail server. */
  function make(env: Record<string, string>): Mailer {
    const config = readConfig({ ...ENV, ...env });
    const logger = new Logger('silent', true);
    const suppressions = new Suppressions(db.database, db.sql, db.clock, logger);
    const envelopes = new Envelopes(config, messages, templates);
    return new Mailer(
      db.clock,
      db.sql,
      envelopes,
      post,
      new DomainRateLimit(config, db.sql, db.clock),
      suppressions,
      logger,
    );
  }

  /** End of the lease, in milliseconds since the epoch. */
  async function leaseOf(key: string): Promise<number> {
    const [row] = (await db.make.rows(
      'select lease_until as until from mail_deliveries where key = $1',
      [key],
    )) as [{ until: Date }];
    return row.until.getTime();
  }

  it('that calls somebody, left in flight by a killed worker, is sent again within half a minute, and its job knows when', async () => {
    const alarm = { ...letter, kind: 'alert' };
    const dead = make({});
    await new Promise<void>((reached) => {
      Object.assign(dead, { keep: () => () => undefined });
      post.meanwhile = () => {
        reached();
        return new Promise(() => undefined);
      };
      void dead.deliver(alarm);
    });
    post.meanwhile = () => Promise.resolve();
    const error = (await mailer.deliver(alarm).catch((thrown: unknown) => thrown)) as MailInFlight;
    expect(error).toBeInstanceOf(MailInFlight);
    expect(error.after).toBeLessThanOrEqual(31 * SECOND);
    db.clock.move(error.after);
    await mailer.deliver(alarm);
    expect(post.sent.length).toBe(1);
  });

  it('that calls somebody stays with a worker that is alive, however slow its mail server', async () => {
    // Intervals alone are ours to move; the database goes on in its own time.
    jest.useFakeTimers({
      doNotFake: [
        'Date',
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setTimeout',
        'clearTimeout',
      ],
    });
    try {
      const alarm = { ...letter, kind: 'alert' };
      const others: unknown[] = [];
      post.meanwhile = async () => {
        for (let n = 0; n < 4; n += 1) {
          db.clock.move(20 * SECOND);
          const before = await leaseOf(alarm.key);
          jest.advanceTimersByTime(10 * SECOND);
          await eventually(async () => (await leaseOf(alarm.key)) > before, 'the lease renewed');
          others.push(
            await make({})
              .deliver(alarm)
              .catch((thrown: unknown) => thrown),
          );
        }
      };
      await mailer.deliver(alarm);
      expect(others).toEqual(Array.from({ length: 4 }, () => expect.any(MailInFlight)));
      expect(post.sent.length).toBe(1);
    } finally {
      jest.useRealTimers();
    }
  });

  it('that calls somebody does not stand behind others in the line of its domain', async () => {
    const slow = make({ MAIL_PER_DOMAIN: '1' });
    const letters = ['a', 'b'].map((each) => ({
      ...letter,
      key: `${letter.key}-${each}`,
      to: `${each}@busy.example`,
    }));
    expect([...(await slow.deliverAll(letters)).values()]).toEqual(['sent', 'waiting']);
    await slow.deliver({
      ...letter,
      key: `${letter.key}-alarm`,
      kind: 'alert',
      to: 'c@busy.example',
    });
    expect(post.sent.map(({ to }) => to)).toEqual(['a@busy.example', 'c@busy.example']);
  });
});
