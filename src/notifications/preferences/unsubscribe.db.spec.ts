import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { ContactPreferences } from '../../accounts/contact-preferences.service.js';
import { DAY, later } from '../../kernel/clock.js';
import { readConfig } from '../../kernel/config.js';
import { MailSettings } from './mail-settings.service.js';
import { UnsubscribeTokens } from './unsubscribe-tokens.js';

const tokensWith = (db: TestDatabase, secret: string): UnsubscribeTokens =>
  new UnsubscribeTokens(db.sql, readConfig({ NODE_ENV: 'test', SECRET_KEY: secret.repeat(40) }));

describe('unsubscribing', () => {
  let db: TestDatabase;
  let tokens: UnsubscribeTokens;
  let settings: MailSettings;
  let memberId: string;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    db.clock.freeze();
    tokens = tokensWith(db, 'a');
    settings = new MailSettings(db.database, db.sql, db.clock, new ContactPreferences());
    await db.make.community({ slug: 'here' });
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    memberId = await db.make.member(`reader-${++count}`);
    await settings.answerSafe(memberId, 'yes');
  });

  const choose = async (kind: string, frequency: string, slug: string | null = null) => {
    await db.make.rows(
      `insert into mail_choices (member_id, kind, frequency, community_id)
       values ($1, $2, $3, (select id from communities where slug = $4))`,
      [memberId, kind, frequency, slug],
    );
  };
  const everywhere = async () => (await settings.of(memberId)).everywhere;

  describe('by token', () => {
    const make = async (scope: 'reply' | 'digest' = 'reply', by = tokens): Promise<string> => {
      const { seed } = (
        await db.make.rows('select seed from mail_settings where member_id = $1', [memberId])
      )[0] as { seed: string };
      return (await by.make([{ memberId, seed, scope }]))[0] ?? '';
    };

    it('finds the member and the scope of the email', async () => {
      expect(await tokens.find(await make('digest'))).toEqual({ memberId, scope: 'digest' });
    });

    it('uses one token per member and scope', async () => {
      expect(await make()).toBe(await make());
      expect(await make('digest')).not.toBe(await make('reply'));
    });

    it('stores no token in the database', async () => {
      const token = await make();
      const rows = JSON.stringify(
        await db.make.rows(`select encode(token_hash, 'escape') as hash, scope from leave_tokens`),
      );
      expect(rows).toContain('reply');
      expect(rows).not.toContain(token);
    });

    it('stays valid when the server’s key changes', async () => {
      const token = await make();
      const later = tokensWith(db, 'b');
      expect(await later.find(token)).toEqual({ memberId, scope: 'reply' });
      expect(await make('reply', later)).not.toBe(token);
    });

    it.each(['', 'short', 'x'.repeat(43), '%'.repeat(43), 'x'.repeat(44)])(
      'finds nobody with %j',
      async (token) => {
        expect(await tokens.find(token)).toBeNull();
      },
    );
  });

  describe('by choice', () => {
    it('turns off one kind, including choices for single communities', async () => {
      await choose('thread', 'at-once', 'here');
      await settings.unsubscribe(memberId, 'thread', 'this');
      expect(await everywhere()).toMatchObject({ thread: 'never', reply: 'at-once' });
      expect((await settings.of(memberId)).choices.filter((each) => each.communityId)).toEqual([]);
    });

    it('turns off digests and keeps immediate emails', async () => {
      await choose('team', 'daily');
      await settings.unsubscribe(memberId, 'digest', 'this');
      expect(await everywhere()).toMatchObject({
        team: 'never',
        thread: 'never',
        reply: 'at-once',
      });
      expect((await settings.of(memberId)).settings.nextDigestAt).toBeNull();
    });

    it('turns off everything', async () => {
      await choose('own', 'daily');
      await settings.unsubscribe(memberId, 'reply', 'all');
      expect(new Set(Object.values(await everywhere()))).toEqual(new Set(['never']));
    });

    it('makes daily emails weekly, and changes nothing else', async () => {
      await choose('own', 'daily');
      await settings.unsubscribe(memberId, 'digest', 'weekly');
      expect(await everywhere()).toMatchObject({ own: 'weekly', reply: 'at-once' });
    });

    it('pauses for thirty days, and keeps every choice', async () => {
      const before = await everywhere();
      await settings.unsubscribe(memberId, 'reply', 'pause');
      expect(await everywhere()).toEqual(before);
      const { pausedUntil, nextDigestAt } = (await settings.of(memberId)).settings;
      expect(pausedUntil).toEqual(later(db.clock.now(), 30 * DAY));
      expect(nextDigestAt?.getTime()).toBeGreaterThanOrEqual(pausedUntil?.getTime() ?? Infinity);
    });

    it('can leave everything unchanged', async () => {
      const before = await everywhere();
      await settings.unsubscribe(memberId, 'digest', 'keep');
      expect(await everywhere()).toEqual(before);
    });

    it('is idempotent', async () => {
      await settings.unsubscribe(memberId, 'thread', 'this');
      const once = await everywhere();
      await settings.unsubscribe(memberId, 'thread', 'this');
      expect(await everywhere()).toEqual(once);
    });
  });
});
