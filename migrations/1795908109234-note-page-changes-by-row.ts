import type { MigrationInterface, QueryRunner } from 'typeorm';

const EVENTS = ['insert', 'update', 'delete'] as const;

/** Adds the scopes of a query, each once. @param scopes SQL that gives one column of texts */
function noted(scopes: string): string {
  return `
    insert into page_changes (scope, xid)
    select distinct s.scope, pg_current_xact_id()::text::bigint
    from (${scopes}) s (scope)
    on conflict do nothing;`;
}

/**
 * The tables that are written most, by functions of their own: a reply costs no more than it must.
 * `told` are the strategies that a post tells of, and a new one none yet.
 */
const XID = 'pg_current_xact_id()::text::bigint';
const add = (scopes: readonly string[]): string => `
  insert into page_changes (scope, xid)
  values ${scopes.map((scope) => `(${scope}, ${XID})`).join(', ')}
  on conflict do nothing;`;
const postNoted = (row: 'old' | 'new', told: boolean): string => `
  ${add([`'thread:' || ${row}.thread_id`])}
  if ${row}.number = 1 or ${row}.is_update then
    ${noted(`select 'community:' || t.community_id from threads t where t.id = ${row}.thread_id`)}
  end if;
  ${told ? noted(`select 'strategy:' || s.strategy_id from post_strategies s where s.post_id = ${row}.id`) : ''}`;
const threadNoted = (row: 'old' | 'new'): string =>
  add([`'thread:' || ${row}.id`, `'community:' || ${row}.community_id`, `'activity'`]);

const FREQUENT: Readonly<Record<string, Readonly<Record<(typeof EVENTS)[number], string>>>> = {
  posts: {
    insert: postNoted('new', false),
    update: `
      ${postNoted('new', true)}
      if old.thread_id <> new.thread_id or old.is_update or old.number = 1 then
        ${postNoted('old', false)}
      end if;`,
    delete: postNoted('old', true),
  },
  threads: {
    insert: threadNoted('new'),
    update: `
      ${threadNoted('new')}
      if old.community_id <> new.community_id then
        ${threadNoted('old')}
      end if;`,
    delete: threadNoted('old'),
  },
};

/** As it was: each statement's changes at once. */
const STATEMENTS: Readonly<Record<string, string>> = {
  posts: `
    select 'thread:' || r.thread_id from changed r
    union all
    select 'community:' || t.community_id
    from changed r
    join threads t on t.id = r.thread_id
    where r.number = 1 or r.is_update
    union all
    select 'strategy:' || s.strategy_id
    from changed r
    join post_strategies s on s.post_id = r.id`,
  threads: `
    select 'thread:' || r.id from changed r
    union all
    select 'community:' || r.community_id from changed r
    union all
    select 'activity' from changed r`,
};

const OLD_ROWS = 'old table as old_rows';
const NEW_ROWS = 'new table as new_rows';
const REFERENCING = {
  insert: NEW_ROWS,
  update: `${OLD_ROWS} ${NEW_ROWS}`,
  delete: OLD_ROWS,
} as const;
const CHANGED = {
  insert: 'select * from new_rows',
  update: 'select * from old_rows union all select * from new_rows',
  delete: 'select * from old_rows',
} as const;

/** Notes the changes of posts and threads row by row: most statements write one. */
export class NotePageChangesByRow1795908109234 implements MigrationInterface {
  name = 'NotePageChangesByRow1795908109234';

  async up(db: QueryRunner): Promise<void> {
    for (const [table, events] of Object.entries(FREQUENT))
      for (const event of EVENTS)
        await this.replace(
          db,
          `${table}_${event}`,
          events[event],
          `
          create trigger ${table}_${event}_on_pages after ${event} on ${table} for each row`,
        );
  }

  async down(db: QueryRunner): Promise<void> {
    for (const [table, scopes] of Object.entries(STATEMENTS))
      for (const event of EVENTS)
        await this.replace(
          db,
          `${table}_${event}`,
          noted(`with changed as (${CHANGED[event]}) ${scopes}`),
          `
          create trigger ${table}_${event}_on_pages after ${event} on ${table}
          referencing ${REFERENCING[event]} for each statement`,
        );
  }

  private async replace(
    db: QueryRunner,
    name: string,
    body: string,
    trigger: string,
  ): Promise<void> {
    const [table = ''] = name.split('_');
    await db.query(`drop trigger ${name}_on_pages on ${table}`);
    await db.query(`
      create or replace function note_${name}_on_pages() returns trigger language plpgsql as $$
      begin
        ${body}
        return null;
      end $$`);
    await db.query(`${trigger} execute function note_${name}_on_pages()`);
  }
}
