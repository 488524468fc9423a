import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MEMBER_COLUMNS } from './support/member-columns.js';
import { testApp, type TestApp } from './support/app.js';
import { AccountClosure } from '../src/account-data/account-closure.service.js';
import { DataExport } from '../src/account-data/data-export.service.js';

interface Column {
  table: string;
  column: string;
  type: string;
  identity: boolean;
}

/** Columns that refer to a member: by foreign key, or in the audit log, which has none. */
const NAMING = `
  select c.conrelid::regclass::text || '.' || a.attname as name
  from pg_constraint c
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
  where c.contype = 'f'
    and c.confrelid in ('members'::regclass, 'thread_aliases'::regclass)
  union
  select 'moderation_log.' || column_name
  from information_schema.columns
  where table_name = 'moderation_log' and column_name in ('actor_id', 'member_id')
  order by 1`;

/** Columns in which a marker would not be a valid state. */
const STATES: Record<string, string> = {
  'members.closing_words': `'erase'`,
  'members.closed_at': 'null',
  'members.memorial_at': 'null',
  'members.role': `'member'`,
  'posts.status': `'published'`,
  'threads.status': `'published'`,
  'memberships.state': `'active'`,
  'communities.visibility': `'public'`,
  'review_cases.state': `'closed'`,
  'decisions.detail': `'{"told": true}'`,
  'coping_strategies.status': `'published'`,
  'reports.snapshot': `'{"body": "reports.snapshot"}'`,
};

/** Columns with a member's text or identity: none of it may remain once the account is closed. */
const WORDS = [
  'members.handle',
  'members.email',
  'members.about',
  'posts.body',
  'post_versions.body',
  'threads.title',
  'reports.note',
  'reports.snapshot',
  'appeals.statement',
  'decision_messages.body',
  'member_notes.body',
  'drafts.fields',
  'credential_changes.old_email',
  'one_time_tokens.email',
  'saved_searches.name',
  'private_feeds.name',
  'access_tokens.name',
  'memberships.note',
  'group_requests.wish',
  'supporters.why',
  'passkeys.name',
];

function valueOf({ table, column, type }: Column): string {
  const name = `${table}.${column}`;
  const known = STATES[name];
  if (known !== undefined) return known;
  if (/^(bigint|integer|smallint|real)$/.test(type)) return '1';
  if (type.startsWith('timestamp')) return `now() - interval '1 day'`;
  const values: Record<string, string> = {
    boolean: 'false',
    bytea: `convert_to('${name}', 'utf8')`,
    date: 'current_date',
    jsonb: `jsonb_build_object('mark', '${name}')`,
    tsvector: `''::tsvector`,
    uuid: 'gen_random_uuid()',
    'text[]': `array['${name}']`,
    'smallint[]': `'{}'`,
  };
  return values[type] ?? `'${name}'`;
}

describe('every column that names a member', () => {
  let site: TestApp;

  // One row in each table, and every id in it is 1: that of the member and of everything they have.
  beforeEach(async () => {
    site = await testApp({ workers: false });
    const columns = await site.make.all<Column>(
      `select c.relname as table, a.attname as column, format_type(a.atttypid, null) as type,
         a.attidentity <> '' as identity
       from pg_attribute a
       join pg_class c on c.oid = a.attrelid
       where c.relnamespace = 'public'::regnamespace
         and c.relkind in ('r', 'p')
         and not c.relispartition
         and c.relname <> 'schema_migrations'
         and a.attnum > 0
         and not a.attisdropped
         and a.attgenerated = ''
       order by c.relname, a.attnum`,
    );
    const tables = [...new Set(columns.map(({ table }) => table))];
    const checks = await site.make.all<{ name: string; table: string }>(
      `select conname as name, conrelid::regclass::text as table
       from pg_constraint
       where contype = 'c' and connamespace = 'public'::regnamespace and conrelid <> 0`,
    );
    for (const { name, table } of checks)
      await site.make.rows(`alter table ${table} drop constraint "${name}"`);
    for (const table of tables) await site.make.rows(`alter table ${table} disable trigger all`);
    await site.make.rows(`truncate ${tables.join(', ')} cascade`);
    for (const table of tables) {
      const own = columns.filter((column) => column.table === table);
      await site.make.rows(
        `insert into ${table} (${own.map(({ column }) => `"${column}"`).join(', ')})
         overriding system value
         values (${own.map(valueOf).join(', ')})`,
      );
    }
    for (const table of tables) await site.make.rows(`alter table ${table} enable trigger all`);
  });
  afterEach(() => site.close());

  it('has a rule for the export and for closing the account', async () => {
    const named = await site.make.all<{ name: string }>(NAMING);
    expect(named.map(({ name }) => name)).toEqual(Object.keys(MEMBER_COLUMNS).sort());
    for (const [name, rule] of Object.entries(MEMBER_COLUMNS)) {
      if ('unexported' in rule) expect([name, rule.unexported.length > 20]).toEqual([name, true]);
      if (rule.erased !== true) expect([name, rule.erased.length > 20]).toEqual([name, true]);
    }
  });

  it('is in the export where its rule says so', async () => {
    const file = await site.app.get(DataExport).of('1');
    const missing = Object.entries(MEMBER_COLUMNS).filter(
      ([, rule]) => 'part' in rule && file[rule.part].length === 0,
    );
    expect(missing.map(([name]) => name)).toEqual([]);
    // Several tables share these parts, and each contributes a row.
    expect(file.mails).toHaveLength(5);
    expect(file.links).toHaveLength(5);
    expect(file.secondStep).toHaveLength(4);
    expect(file.strategySuggestions).toHaveLength(2);
    const text = JSON.stringify(file);
    const words = ['appeals.statement', 'decision_messages.body', 'muted_words.word'];
    for (const word of [...words, 'passkeys.name']) expect(text).toContain(word);
    // Secrets are never exported, not even to their owner.
    for (const word of ['password_hash', 'token_hash', 'public_key', 'sealed', 'digest"', 'salt'])
      expect(text).not.toContain(word);
  });

  it('names the member no more after the account is closed, but where its rule says why', async () => {
    await site.app.get(AccountClosure).closeDue();
    const named: string[] = [];
    for (const [name, { erased }] of Object.entries(MEMBER_COLUMNS)) {
      const [table, column] = name.split('.');
      const { count } = await site.make.one<{ count: number }>(
        `select count(*)::int as count from ${table ?? ''} where ${column ?? ''} = 1`,
      );
      if (erased === true && count > 0) named.push(name);
    }
    expect(named).toEqual([]);
  });

  it('leaves none of the member’s words or names behind', async () => {
    await site.app.get(AccountClosure).closeDue();
    const found: string[] = [];
    const tables = new Set(WORDS.map((word) => word.split('.')[0] ?? ''));
    for (const table of tables) {
      const rows = await site.make.all<{ text: string }>(
        `select row_to_json(t)::text as text from ${table} t`,
      );
      const text = rows.map((row) => row.text).join();
      found.push(...WORDS.filter((word) => text.includes(`"${word}"`)));
    }
    expect(found).toEqual([]);
  });

  it('keeps an appeal and what was said with it until it is answered', async () => {
    await site.make.rows('update appeals set outcome = null');
    await site.app.get(AccountClosure).closeDue();
    const texts = (): Promise<object[]> =>
      site.make.all(`select a.statement, m.body from appeals a, decision_messages m`);
    expect(await texts()).toEqual([
      { statement: 'appeals.statement', body: 'decision_messages.body' },
    ]);
    await site.make.rows(`update appeals set outcome = 'upheld'`);
    await site.app.get(AccountClosure).closeDue();
    expect(await texts()).toEqual([{ statement: '', body: '' }]);
  });
});
