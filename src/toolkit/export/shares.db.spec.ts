import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { viewer } from '../../../test/support/viewers.js';
import type { Viewer } from '../../http/viewer.js';
import { DAY } from '../../kernel/clock.js';
import { Config } from '../../kernel/config.js';
import { Conflict, NotFound } from '../../kernel/errors.js';
import { SafetyPlans } from '../../safety-plans/safety-plans.js';
import { Vault } from '../../vault/vault.js';
import { Sheets } from '../appointments/sheets.service.js';
import { ShareForm } from '../core/toolkit.dto.js';
import { ToolkitItems } from '../items/toolkit-items.service.js';
import { ToolkitReader } from '../items/toolkit-reader.service.js';
import { MAX_SHARES } from './shares.queries.js';
import { Shares } from './shares.service.js';

describe('share links', () => {
  let db: TestDatabase;
  let shares: Shares;
  let items: ToolkitItems;
  let plans: SafetyPlans;
  let kim: Viewer;
  let itemId: string;
  let count = 0;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock } = db;
    clock.freeze();
    const config = Object.assign(new Config(), {
      SECRET_KEY: 's'.repeat(32),
      BASE_URL: 'https://boat.example',
      DEFAULT_COUNTRY: 'GB',
    });
    const vault = new Vault(config, sql, clock);
    const reader = new ToolkitReader(sql, vault);
    items = new ToolkitItems(database, sql, vault, reader, clock);
    plans = new SafetyPlans(database, sql, vault, clock);
    const sheets = new Sheets(database, sql, vault, clock);
    shares = new Shares(database, sql, vault, clock, config, reader, sheets, plans);
  });
  afterAll(() => db.close());

  beforeEach(async () => {
    count += 1;
    kim = viewer({ memberId: await db.make.member(`kim-${count}`) });
    const slug = await db.make.strategy({ name: 'Walk' });
    itemId = await items.save(kim, slug, 'Round the pond.');
  });

  const share = async (values: Partial<ShareForm>, by = kim): Promise<string> => {
    await shares.make(by, Object.assign(new ShareForm(), { days: '7', ...values }));
    const [newest] = await shares.of(by);
    return newest?.link?.split('/').at(-1) ?? '';
  };

  it('show the shared item to everybody who has the link', async () => {
    const content = await shares.contentOf(
      await shares.find(await share({ what: 'item', id: itemId })),
    );
    expect(content).toMatchObject({ what: 'item', item: { texts: { note: 'Round the pond.' } } });
  });

  it('are stored without their token', async () => {
    const token = await share({ what: 'item', id: itemId });
    const row = await db.make.one<{ token_hash: Buffer; words: Buffer }>(
      'select token_hash, words from toolkit_shares where member_id = $1',
      [kim.memberId],
    );
    expect(token).toHaveLength(43);
    expect(row.token_hash.toString('latin1') + row.words.toString('latin1')).not.toContain(token);
  });

  it('expire', async () => {
    const token = await share({ what: 'item', id: itemId, days: '1' });
    db.clock.move(DAY - 1);
    await expect(shares.find(token)).resolves.toMatchObject({ what: 'item' });
    db.clock.move(1);
    await expect(shares.find(token)).rejects.toThrow(NotFound);
    expect(await shares.of(kim)).toEqual([]);
  });

  it('end when their owner revokes them, and nobody else can', async () => {
    const token = await share({ what: 'item', id: itemId });
    const [open] = await shares.of(kim);
    const sav = viewer({ memberId: await db.make.member(`sav-${count}`) });
    await expect(shares.revoke(sav, open?.id ?? '')).rejects.toThrow(NotFound);
    await expect(shares.find(token)).resolves.toMatchObject({ what: 'item' });
    await shares.revoke(kim, open?.id ?? '');
    await expect(shares.find(token)).rejects.toThrow(NotFound);
  });

  it('cannot be created for another member’s item', async () => {
    const sav = viewer({ memberId: await db.make.member(`sav-${count}`) });
    await expect(share({ what: 'item', id: itemId }, sav)).rejects.toThrow(NotFound);
    expect(await shares.of(sav)).toEqual([]);
  });

  it('need an existing card or plan', async () => {
    await expect(share({ what: 'card' })).rejects.toThrow(NotFound);
    await plans.saveCard(kim.memberId, { people: 'Sam', lines: '', reasons: 'My cat' });
    const content = await shares.contentOf(await shares.find(await share({ what: 'card' })));
    expect(content).toMatchObject({ what: 'card', card: { people: 'Sam' } });
    await expect(share({ what: 'plan' })).rejects.toThrow(NotFound);
  });

  it('show nothing once the item is gone', async () => {
    const token = await share({ what: 'item', id: itemId });
    await items.remove(kim, itemId);
    expect(await shares.contentOf(await shares.find(token))).toBeNull();
  });

  it('use the owner’s country, or the site’s default', async () => {
    const token = await share({ what: 'item', id: itemId });
    expect((await shares.find(token)).country).toBe('GB');
    await db.make.rows(`update members set country = 'IE' where id = $1`, [kim.memberId]);
    expect((await shares.find(token)).country).toBe('IE');
  });

  it('do not work once the account is closed', async () => {
    const token = await share({ what: 'item', id: itemId });
    await db.make.rows('update members set closed_at = now() where id = $1', [kim.memberId]);
    await expect(shares.find(token)).rejects.toThrow(NotFound);
  });

  it('are limited in number; expired ones do not count', async () => {
    for (let n = 0; n < MAX_SHARES; n += 1) await share({ what: 'item', id: itemId, days: '1' });
    await expect(share({ what: 'item', id: itemId })).rejects.toThrow(Conflict);
    db.clock.move(DAY);
    expect(await share({ what: 'item', id: itemId })).toHaveLength(43);
  });
});
