import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { DAY } from '../kernel/clock.js';
import {
  RecordingTransport,
  testEmail,
  testMailer,
  testSuppressions,
} from '../../test/support/mailer.js';
import type { Email, Mailer } from './mailer.js';

describe('a bounced email', () => {
  let db: TestDatabase;
  let transport: RecordingTransport;
  let mailer: Mailer;
  let email: Email;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    transport = new RecordingTransport();
    mailer = testMailer(db, transport);
    email = await testEmail(db);
  });

  it('has a unique return address, which identifies it only by a tag', async () => {
    const marked = testMailer(db, transport, {
      MAIL_BOUNCE_ADDRESS: 'bounce@boat.example',
      MAIL_INTAKE_SECRET: 's'.repeat(20),
    });
    await marked.deliver(email);
    await marked.deliver({ ...email, key: `${email.key}-other` });
    const [first, second] = transport.sent.map(({ returnPath }) => returnPath ?? '');
    expect(first).toMatch(/^bounce\+[0-9a-f]{32}@boat\.example$/);
    expect(second).not.toBe(first);
    expect(
      await db.make.rows('select key from mail_deliveries where mark = $1', [
        /\+(\w+)@/.exec(first ?? '')?.[1],
      ]),
    ).toEqual([{ key: email.key }]);
  });

  it('from an unknown mailbox suppresses all email except for account security', async () => {
    const memberId = await db.make.member(`gone-${email.key}`);
    const notice = (key: string): Email => ({
      ...email,
      key: `${email.key}-${key}`,
      kind: 'alert',
      memberId,
    });
    transport.fault = {
      responseCode: 550,
      command: 'RCPT TO',
      response: '550 5.1.1 unknown',
    } as never;
    await mailer.deliver(notice('one'));
    transport.fault = null;
    expect(
      await db.make.rows('select reason, lifted_at from mail_suppressions where member_id = $1', [
        memberId,
      ]),
    ).toEqual([{ reason: 'hard', lifted_at: null }]);
    const rest: Email = {
      ...email,
      key: `${email.key}-rest`,
      kind: 'notice',
      memberId,
      template: 'notice',
      unsubscribeToken: 'x'.repeat(43),
      view: { text: 'x', lines: [], link: 'x' },
    };
    expect([...(await mailer.deliverAll([rest])).values()]).toEqual(['refused']);
    expect([...(await mailer.deliverAll([rest])).values()]).toEqual(['refused']);
    expect(
      await db.make.rows('select state from mail_deliveries where key = $1', [rest.key]),
    ).toEqual([{ state: 'suppressed' }]);
    await mailer.deliver({ ...email, key: `${email.key}-account`, memberId });
    expect(transport.sent.length).toBe(1);
  });

  it('caused by this server suppresses nobody, however often', async () => {
    const memberId = await db.make.member(`refused-${email.key}`);
    transport.fault = {
      responseCode: 550,
      command: 'RCPT TO',
      response: '550 5.1.8 Sender address rejected: Domain not found',
    };
    for (let n = 0; n < 6; n += 1)
      await mailer.deliver({ ...email, key: `${email.key}-${n}`, kind: 'alert', memberId });
    expect(await suppressed([memberId])).toEqual([]);
    expect(
      await db.make.rows('select distinct kind, refusal from mail_bounces where member_id = $1', [
        memberId,
      ]),
    ).toEqual([{ kind: 'sender', refusal: '5.1.8' }]);
  });

  const suppressed = async (members: readonly string[]): Promise<unknown[]> =>
    db.make.rows(
      `select member_id from mail_suppressions
       where member_id = any($1) and lifted_at is null order by member_id`,
      [members],
    );
  let refused = 0;
  /** Sends emails to members of several domains, and rejects each of them. */
  async function refuse(domains: readonly string[], response: string): Promise<string[]> {
    transport.fault = { responseCode: 550, command: 'RCPT TO', response };
    const members: string[] = [];
    for (const domain of domains) {
      const key = `wave-${++refused}`;
      const memberId = await db.make.member(key);
      members.push(memberId);
      await mailer.deliver({ ...email, key, kind: 'alert', memberId, to: `ann@${domain}` });
    }
    transport.fault = null;
    return members;
  }
  const domains = (count: number): string[] =>
    Array.from({ length: count }, (_, n) => `mail${n}.example`);

  it('in a wave across many domains suppresses nobody, including those suppressed at first', async () => {
    await db.make.rows('delete from mail_deliveries');
    const first = `wave-${refused + 1}`;
    const four = await refuse(domains(4), '550 5.1.1 unknown');
    expect(await suppressed(four)).toHaveLength(4);
    const [fifth = ''] = await refuse(['mail9.example'], '550 5.1.1 unknown');
    expect(await suppressed([...four, fifth])).toEqual([]);
    const again = {
      kind: 'hard',
      code: '5.1.1',
      refusal: '5.1.1',
      domain: 'mail9.example',
    } as const;
    const suppressions = testSuppressions(db);
    db.clock.move(3 * DAY);
    // Reported again long after the wave.
    expect(await suppressions.record({ key: first }, again)).toBe(true);
    expect(await suppressed([...four, fifth])).toEqual([]);
  });

  it.each<[string, string[], string[]]>([
    ['one domain', Array<string>(6).fill('mail1.example'), Array<string>(6).fill('550 5.1.1 x')],
    [
      'different words',
      domains(6),
      Array.from({ length: 6 }, (_, n) => `550 5.1.${(n % 3) + 1} x`),
    ],
  ])('of %s is not a wave', async (_what, to, responses) => {
    await db.make.rows('delete from mail_deliveries');
    const members: string[] = [];
    for (const [n, response] of responses.entries())
      members.push(...(await refuse([to[n] ?? ''], response)));
    expect(await suppressed(members)).toHaveLength(6);
  });

  it('among many delivered emails is not a wave', async () => {
    await db.make.rows('delete from mail_deliveries');
    for (let n = 0; n < 25; n += 1) await mailer.deliver({ ...email, key: `${email.key}-ok-${n}` });
    const members = await refuse(domains(6), '550 5.1.1 unknown');
    expect(await suppressed(members)).toHaveLength(6);
  });
});
