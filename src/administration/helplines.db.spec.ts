import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../../test/support/database.js';
import { eventually } from '../../test/support/eventually.js';
import { viewer } from '../../test/support/viewers.js';
import type { HelplineRow } from '../helplines/helpline-rows.js';
import { HelplineStore } from '../helplines/helpline-store.js';
import { setHelplineOverrides } from '../helplines/helplines.js';
import type { Viewer } from '../http/viewer.js';
import { Conflict, FieldError, NotFound } from '../kernel/errors.js';
import { Logger } from '../kernel/logger.js';
import { AuditLog } from '../review/audit-log.js';
import type { HelplineForm } from './helplines.dto.js';
import { HelplineEditing } from './helplines.service.js';

const KEY = 'gb-samaritans';

describe('changing helplines', () => {
  let db: TestDatabase;
  let store: HelplineStore;
  let editing: HelplineEditing;
  let admin: Viewer;

  beforeEach(async () => {
    db = await testDatabase();
    store = new HelplineStore(db.sql, db.clock, new Logger('silent', true));
    editing = new HelplineEditing(db.database, db.clock, store, new AuditLog(db.clock));
    const memberId = await db.make.member('keeper', { role: 'admin' });
    admin = viewer({ memberId, handle: 'keeper', role: 'admin' });
  });
  afterEach(async () => {
    setHelplineOverrides([]);
    await db.close();
  });

  const formOf = (row: HelplineRow, changes: Partial<HelplineForm>): HelplineForm => ({
    country: row.country,
    name: row.name,
    phone: row.phone ?? '',
    sms: row.sms ?? '',
    chatUrl: row.chatUrl ?? '',
    hours: row.hours ?? '',
    languages: [...row.languages],
    topics: [...row.topics],
    audience: row.audience,
    source: row.source,
    checked: false,
    shown: row.shown,
    version: 0,
    ...changes,
  });

  /**
   * Saves a line and, before that transaction commits, starts `second`, which blocks on the same
   * key.
   */
  const saveWhile = async <T>(row: HelplineRow, second: () => Promise<T>): Promise<unknown> => {
    let outcome: Promise<unknown> = Promise.resolve();
    await db.database.inTransaction(async (tx) => {
      await store.save(tx, row, 0);
      outcome = second().catch((error: unknown) => error);
      await eventually(
        async () => (await db.make.all('select 1 from pg_locks where not granted')).length > 0,
        'the second change waits for the first',
      );
    });
    return outcome;
  };

  it('loads a line and its version from the same snapshot', async () => {
    const read = db.sql.rows.bind(db.sql);
    const { row: before } = await editing.load(KEY);
    const spy = jest.spyOn(db.sql, 'rows').mockImplementationOnce(async (...asked) => {
      const rows = await read(...asked);
      await editing.change(admin, before, formOf(before, { phone: '116 124' }));
      return rows;
    });
    const loaded = await editing.load(KEY);
    spy.mockRestore();
    expect([loaded.row.phone, loaded.version]).toEqual(['116 123', 0]);
    const late = formOf(loaded.row, { version: loaded.version });
    await expect(editing.change(admin, loaded.row, late)).rejects.toThrow(Conflict);
    const saved = await editing.load(KEY);
    expect([saved.row.phone, saved.version]).toEqual(['116 124', 1]);
  });

  it('distinguishes a conflict from an unknown line', async () => {
    expect(await store.find('gb-nobody')).toBeNull();
    await expect(editing.load('gb-nobody')).rejects.toThrow(NotFound);
  });

  it('reports a conflict to the second of two concurrent first edits', async () => {
    const { row } = await editing.load(KEY);
    const outcome = await saveWhile({ ...row, phone: '116 124' }, () =>
      editing.change(admin, row, formOf(row, { phone: '116 125' })),
    );
    expect(outcome).toBeInstanceOf(Conflict);
    expect((await editing.load(KEY)).row.phone).toBe('116 124');
  });

  it('reports a taken name to the second of two concurrent additions', async () => {
    const { row } = await editing.load(KEY);
    const added = { ...row, key: 'gb-harbour-line', name: 'Harbour Line' };
    const outcome = await saveWhile(added, () => editing.add(admin, formOf(added, {})));
    expect(outcome).toBeInstanceOf(FieldError);
  });
});
