import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../../test/support/database.js';
import { testToolkitHome, testVault } from '../../../test/support/toolkit.js';
import { viewer } from '../../../test/support/viewers.js';
import type { Viewer } from '../../http/viewer.js';
import { later, MINUTE } from '../../kernel/clock.js';
import { PrivateKey } from '../../vault/vault.js';
import { OwnItemForm } from '../core/toolkit.dto.js';
import { Collections } from '../items/collections.service.js';
import { ItemEditing } from '../items/item-editing.service.js';
import { ToolkitItems } from '../items/toolkit-items.service.js';
import { ToolkitReader } from '../items/toolkit-reader.service.js';
import type { ToolkitHome, ToolkitHomeFacts } from './toolkit-home.service.js';

describe('the lock of the toolkit’s first page', () => {
  let db: TestDatabase;
  let home: ToolkitHome;
  let kim: Viewer;

  beforeAll(async () => {
    db = await testDatabase();
    const { database, sql, clock, make } = db;
    clock.freeze();
    const vault = testVault(db);
    home = testToolkitHome(db, vault);
    const memberId = await make.member('kim');
    await make.session('kim');
    const { id } = await make.one<{ id: string }>('select id from sessions where member_id = $1', [
      memberId,
    ]);
    kim = viewer({ memberId, sessionId: id });
    const items = new ToolkitItems(database, sql, vault, new ToolkitReader(sql, vault), clock);
    const editing = new ItemEditing(database, items, new Collections(database, sql, vault, clock));
    await editing.add(kim, Object.assign(new OwnItemForm(), { name: 'Tea' }));
  });
  afterAll(() => db.close());

  const shown = (who: Viewer, search = ''): Promise<ToolkitHomeFacts | null> =>
    home.of(who, { search, collection: undefined, page: 1 });
  const unlockUntil = (minutes: number): Promise<unknown> =>
    db.make.rows(
      `
        insert into toolkit_unlocks (session_id, until)
        values ($1, $2)
        on conflict (session_id)
        do update set until = excluded.until
      `,
      [kim.sessionId, later(db.clock.now(), minutes * MINUTE)],
    );
  const openMinutes = async (): Promise<number> => {
    const { until } = await db.make.one<{ until: Date }>(
      'select until from toolkit_unlocks where session_id = $1',
      [kim.sessionId],
    );
    return (until.getTime() - db.clock.now().getTime()) / MINUTE;
  };

  it('is open without one', async () => {
    expect((await shown(kim))?.list.items[0]?.texts.name).toBe('Tea');
  });

  it('is closed on a shared device, and nothing is decrypted', async () => {
    const open = jest.spyOn(PrivateKey.prototype, 'open');
    const shared = { ...kim, sharedDevice: true };
    expect(await shown(shared)).toBeNull();
    expect(await shown(shared, 'tea')).toBeNull();
    expect(open).not.toHaveBeenCalled();
    open.mockRestore();
    await unlockUntil(5);
    expect((await shown(shared))?.list.total).toBe(1);
  });

  it('closes after the chosen time, which each visit postpones', async () => {
    await db.make.rows('insert into toolkit_settings (member_id, lock_minutes) values ($1, 20)', [
      kim.memberId,
    ]);
    await unlockUntil(-1);
    expect(await shown(kim)).toBeNull();
    await unlockUntil(5);
    expect((await shown(kim))?.settings.lockMinutes).toBe(20);
    expect(await openMinutes()).toBe(20);
    expect(await shown({ ...kim, sessionId: '999999' })).toBeNull();
  });
});
