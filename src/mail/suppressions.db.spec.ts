import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { RecordingTransport, testEmail, testMailer } from '../../test/support/mailer.js';
import type { Email, Mailer } from './mailer.js';

describe('an email that bounces', () => {
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

  it('has a return address of its own, which identifies it by a mark alone', async () => {
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

  it('by an unknown mailbox suppresses all mail but that of account security', async () => {
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
});
