import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { Assets } from '../rendering/assets.js';
import { MINUTE } from '../kernel/clock.js';
import { readConfig } from '../kernel/config.js';
import { Logger } from '../kernel/logger.js';
import { Messages } from '../i18n/messages.js';
import { Templates } from '../rendering/templates.js';
import { DomainRateLimit } from './domain-rate-limit.js';
import { Envelopes } from './envelopes.js';
import { MailTemplates } from './mail-templates.js';
import { Mailer, MailInFlight, MailWaits, type Email } from './mailer.js';
import { Suppressions } from './suppressions.js';
import { MailTransport, type Envelope } from './transport.js';

class Post extends MailTransport {
  readonly sent: Envelope[] = [];
  fault: { responseCode?: number; code?: string } | null = null;
  meanwhile: () => Promise<void> = () => Promise.resolve();

  override async send(envelope: Envelope): Promise<void> {
    await this.meanwhile();
    if (this.fault !== null) throw Object.assign(new Error('refused'), this.fault);
    this.sent.push(envelope);
  }
}

const ENV = { NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40), BASE_URL: 'https://boat.example' };

describe('a mail', () => {
  let db: TestDatabase;
  let post: Post;
  let mailer: Mailer;
  let letter: Email;
  let suppressions: Suppressions;
  let count = 0;
  const messages = new Messages();
  const templates = new MailTemplates(new Templates(messages, new Assets()));

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    const config = readConfig(ENV);
    post = new Post(config);
    suppressions = new Suppressions(db.database, db.sql, db.clock, new Logger('silent', true));
    mailer = make({});
    const memberId = await db.make.member('ann');
    letter = {
      key: `again-${++count}`,
      kind: 'account',
      memberId,
      to: 'ann@example.org',
      locale: 'en',
      template: 'already-a-member',
      view: { home: config.baseUrl },
    };
  });

  /** A mailer with other settings. */
  function make(env: Record<string, string>): Mailer {
    const config = readConfig({ ...ENV, ...env });
    return new Mailer(
      db.clock,
      db.sql,
      new Envelopes(config, messages, templates),
      post,
      new DomainRateLimit(config, db.sql, db.clock),
      suppressions,
      new Logger('silent', true),
    );
  }

  /** @returns in how many minutes the job is to come back */
  async function waits(by: Mailer, what: Email | undefined): Promise<number> {
    const error: unknown = await by.deliver(what ?? letter).catch((thrown: unknown) => thrown);
    return error instanceof MailWaits ? Math.round(error.after / MINUTE) : -1;
  }

  async function state(): Promise<unknown> {
    const [row] = (await db.make.rows(
      'select state, code, attempts from mail_deliveries where key = $1',
      [letter.key],
    )) as Record<string, unknown>[];
    return row;
  }

  it('goes out once, however often its job runs', async () => {
    for (let n = 0; n < 3; n += 1) await mailer.deliver(letter);
    expect(post.sent.length).toBe(1);
    expect(await state()).toEqual({ state: 'sent', code: 250, attempts: 1 });
  });

  it('goes out once when two workers run its job at the same time: the other comes back later', async () => {
    const other: unknown[] = [];
    post.meanwhile = () => mailer.deliver(letter).catch((error: unknown) => void other.push(error));
    await mailer.deliver(letter);
    expect(other).toEqual([expect.any(MailInFlight)]);
    expect(post.sent.length).toBe(1);
  });

  it('left in flight by a killed worker is sent again when its lease is over, not before', async () => {
    await new Promise<void>((reached) => {
      post.meanwhile = () => {
        reached();
        return new Promise(() => undefined);
      };
      void mailer.deliver(letter);
    });
    const second = new Post(readConfig({ NODE_ENV: 'test', SECRET_KEY: 'a'.repeat(40) }));
    Object.assign(mailer, { transport: second });
    await expect(mailer.deliver(letter)).rejects.toThrow(MailInFlight);
    db.clock.move(6 * MINUTE);
    await mailer.deliver(letter);
    expect(second.sent.length).toBe(1);
  });

  it('waits where the server is away or asks us to come back', async () => {
    post.fault = { code: 'ECONNREFUSED' };
    await expect(mailer.deliver(letter)).rejects.toThrow();
    expect(await state()).toMatchObject({ state: 'waiting' });
    post.fault = { responseCode: 451 };
    await expect(mailer.deliver(letter)).rejects.toThrow(MailWaits);
    post.fault = null;
    // Too early: the server is left in peace.
    expect(await waits(mailer, letter)).toBe(15);
    expect(post.sent.length).toBe(0);
    db.clock.move(15 * MINUTE);
    await mailer.deliver(letter);
    expect(await state()).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('that the server refuses for good is not tried again', async () => {
    post.fault = { responseCode: 550 };
    await mailer.deliver(letter);
    expect(await state()).toMatchObject({ state: 'refused', code: 550 });
    post.fault = null;
    await mailer.deliver(letter);
    expect(post.sent.length).toBe(0);
  });

  it('goes out with others, each once, and one that is refused or put off stops nobody', async () => {
    const letters = ['a', 'b', 'c', 'd'].map((each) => ({
      ...letter,
      key: `${letter.key}-${each}`,
      to: `${each}@example.org`,
    }));
    let met = 0;
    post.meanwhile = () => {
      met += 1;
      post.fault = met === 2 ? { responseCode: 550 } : met === 3 ? { responseCode: 450 } : null;
      return Promise.resolve();
    };
    expect([...(await mailer.deliverAll(letters)).values()]).toEqual([
      'sent',
      'refused',
      'waiting',
      'sent',
    ]);
    db.clock.move(16 * MINUTE);
    expect([...(await mailer.deliverAll(letters)).values()].sort()).toEqual([
      'refused',
      'sent',
      'sent',
      'sent',
    ]);
    expect(post.sent.map(({ to }) => to)).toEqual([
      'a@example.org',
      'd@example.org',
      'c@example.org',
    ]);
  });

  it('waits with all behind it where the server goes away in between', async () => {
    const letters = ['a', 'b', 'c'].map((each) => ({
      ...letter,
      key: `${letter.key}-${each}`,
      to: `${each}@example.org`,
    }));
    post.meanwhile = () => {
      post.fault = post.sent.length === 1 ? { code: 'ECONNRESET' } : null;
      return Promise.resolve();
    };
    await expect(mailer.deliverAll(letters)).rejects.toThrow();
    expect(post.sent.length).toBe(1);
    post.meanwhile = () => Promise.resolve();
    post.fault = null;
    expect([...(await mailer.deliverAll(letters)).values()]).toEqual(['sent', 'sent', 'sent']);
    expect(post.sent.length).toBe(3);
  });

  it('has a Message-ID of its own that a second sending bears again', async () => {
    await mailer.deliver(letter);
    await db.make.rows(`update mail_deliveries set state = 'waiting' where key = $1`, [letter.key]);
    await mailer.deliver(letter);
    await mailer.deliver({ ...letter, key: `${letter.key}-other` });
    const ids = post.sent.map(({ messageId }) => messageId);
    expect(ids[0]).toMatch(/^<[\w-]{24}@boat\.example>$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  it('to a domain that has had enough for this minute waits its turn, and was not tried', async () => {
    const slow = make({ MAIL_PER_DOMAIN: '2' });
    const letters = ['a', 'b', 'c', 'd', 'e'].map((each) => ({
      ...letter,
      key: `${letter.key}-${each}`,
      to: `${each}@slow.example`,
    }));
    const other = { ...letter, key: `${letter.key}-other`, to: 'x@other.example' };
    expect([...(await slow.deliverAll([...letters, other])).values()]).toEqual([
      'sent',
      'sent',
      'waiting',
      'waiting',
      'waiting',
      'sent',
    ]);
    expect([
      await waits(slow, letters[2]),
      await waits(slow, letters[3]),
      await waits(slow, letters[4]),
    ]).toEqual([1, 1, 2]);
    db.clock.move(MINUTE);
    expect([...(await slow.deliverAll(letters)).values()].sort()).toEqual([
      'sent',
      'sent',
      'sent',
      'sent',
      'waiting',
    ]);
    db.clock.move(MINUTE);
    expect(
      [...(await slow.deliverAll(letters)).values()].filter((fate) => fate === 'sent').length,
    ).toBe(5);
    expect(post.sent.length).toBe(6);
    expect(
      await db.make.rows(`select distinct attempts from mail_deliveries where key like $1`, [
        `${letter.key}-%`,
      ]),
    ).toEqual([{ attempts: 1 }]);
  });

  it('goes from an address of its own where bounces are read, which names it and says nothing', async () => {
    const marked = make({
      MAIL_BOUNCE_ADDRESS: 'bounce@boat.example',
      MAIL_INTAKE_SECRET: 's'.repeat(20),
    });
    await marked.deliver(letter);
    await marked.deliver({ ...letter, key: `${letter.key}-other` });
    const [first, second] = post.sent.map(({ returnPath }) => returnPath ?? '');
    expect(first).toMatch(/^bounce\+[0-9a-f]{32}@boat\.example$/);
    expect(second).not.toBe(first);
    expect(
      await db.make.rows('select key from mail_deliveries where mark = $1', [
        /\+(\w+)@/.exec(first ?? '')?.[1],
      ]),
    ).toEqual([{ key: letter.key }]);
  });

  it('to a mailbox that its server does not know stops all but what keeps the account safe', async () => {
    const memberId = await db.make.member(`gone-${count}`);
    const notice = (key: string): Email => ({
      ...letter,
      key: `${letter.key}-${key}`,
      kind: 'alert',
      memberId,
    });
    post.fault = { responseCode: 550, command: 'RCPT TO', response: '550 5.1.1 unknown' } as never;
    await mailer.deliver(notice('one'));
    post.fault = null;
    expect(
      await db.make.rows('select reason, lifted_at from mail_suppressions where member_id = $1', [
        memberId,
      ]),
    ).toEqual([{ reason: 'hard', lifted_at: null }]);
    const rest: Email = {
      ...letter,
      key: `${letter.key}-rest`,
      kind: 'notice',
      memberId,
      template: 'notice',
      leaveToken: 'x'.repeat(43),
      view: { text: 'x', lines: [], link: 'x' },
    };
    expect([...(await mailer.deliverAll([rest])).values()]).toEqual(['refused']);
    expect([...(await mailer.deliverAll([rest])).values()]).toEqual(['refused']);
    expect(
      await db.make.rows('select state from mail_deliveries where key = $1', [rest.key]),
    ).toEqual([{ state: 'suppressed' }]);
    await mailer.deliver({ ...letter, key: `${letter.key}-account`, memberId });
    expect(post.sent.length).toBe(1);
  });

  it('of which nobody could be let out is not sent', async () => {
    await expect(mailer.deliver({ ...letter, kind: 'notice' })).rejects.toThrow(
      /without a way to leave/,
    );
    expect(post.sent.length).toBe(0);
  });

  it('leaves neither its address nor its words in the database', async () => {
    await mailer.deliver(letter);
    const rows = JSON.stringify(await db.make.rows('select * from mail_deliveries'));
    expect(rows).toContain(letter.key);
    expect(rows).not.toContain('example.org');
    for (const word of (post.sent[0]?.text ?? '').split(/\s+/).filter((each) => each.length > 8))
      expect(rows).not.toContain(word);
  });
});
