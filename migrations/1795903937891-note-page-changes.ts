import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tables that pages for guests are made of, with the scopes that a changed row belongs to: pairs of
 * a prefix and the column that completes it; an empty column for none. A condition says which
 * changes are on pages.
 */
const ROWS: readonly (readonly [table: string, scopes: string, when?: Partial<Conditions>])[] = [
  ['communities', "'community:', 'id', 'communities', ''"],
  ['community_fit', "'community:', 'community_id', 'communities', ''"],
  ['community_neighbours', "'community:', 'community_id'"],
  ['community_guidelines', "'community:', 'community_id'"],
  ['thread_folders', "'community:', 'community_id'"],
  ['thread_updates', "'thread:', 'thread_id'"],
  ['polls', "'thread:', 'thread_id'"],
  ['coping_strategies', "'strategies', ''"],
  ['strategy_feedback', "'strategy:', 'strategy_id'"],
  ['resources', "'resources', ''"],
  [
    'check_ins',
    "'strategy:', 'strategy_id'",
    { insert: 'new.pooled', update: 'old.pooled or new.pooled', delete: 'old.pooled' },
  ],
  // The roles that a page names; how many members there are stands in the community's row.
  [
    'memberships',
    "'community:', 'community_id'",
    {
      insert: "new.role <> 'member'",
      update: `(old.role <> 'member' or new.role <> 'member')
        and (old.member_id, old.community_id, old.role, old.state)
          is distinct from (new.member_id, new.community_id, new.role, new.state)`,
      delete: "old.role <> 'member'",
    },
  ],
  // Somebody new is on no page yet.
  [
    'members',
    "'people', ''",
    {
      insert: null,
      update: `(old.handle, old.avatar_seed, old.role, old.closed_at, old.break_until)
        is distinct from (new.handle, new.avatar_seed, new.role, new.closed_at, new.break_until)`,
    },
  ],
  ['thread_aliases', "'people', ''", { insert: null }],
];

/** SQL conditions; null where the event is on no page. */
interface Conditions {
  insert: string | null;
  update: string | null;
  delete: string | null;
}

/** Tables whose rows name a thread or a strategy only by way of another table. */
const LOOKED_UP: readonly (readonly [table: string, scopes: string])[] = [
  ['poll_options', "select 'thread:' || p.thread_id from polls p where p.id = changed.poll_id"],
  [
    'poll_votes',
    `select 'thread:' || p.thread_id
      from poll_options o
      join polls p on p.id = o.poll_id
      where o.id = changed.option_id`,
  ],
  ['post_quotes', "select 'thread:' || p.thread_id from posts p where p.id = changed.post_id"],
  [
    'post_strategies',
    `select 'thread:' || p.thread_id from posts p where p.id = changed.post_id
      union all
      select 'strategy:' || changed.strategy_id`,
  ],
];

const EVENTS = ['insert', 'update', 'delete'] as const;
/** Of the transaction, as SQL. */
const XID = 'pg_current_xact_id()::text::bigint';

/** Adds the scopes of a query, each once. @param scopes SQL that gives one column of texts */
function noted(scopes: string): string {
  return `
    insert into page_changes (scope, xid)
    select distinct s.scope, ${XID}
    from (${scopes}) s (scope)
    on conflict do nothing;`;
}

const add = (scopes: readonly string[]): string => `
  insert into page_changes (scope, xid)
  values ${scopes.map((scope) => `(${scope}, ${XID})`).join(', ')}
  on conflict do nothing;`;
/** @param told whether it may have strategies that it tells of; a new one has none yet */
const postNoted = (row: 'old' | 'new', told: boolean): string => `
  ${add([`'thread:' || ${row}.thread_id`])}
  if ${row}.number = 1 or ${row}.is_update then
    ${noted(`select 'community:' || t.community_id from threads t where t.id = ${row}.thread_id`)}
  end if;
  ${told ? noted(`select 'strategy:' || s.strategy_id from post_strategies s where s.post_id = ${row}.id`) : ''}`;
const threadNoted = (row: 'old' | 'new'): string =>
  add([`'thread:' || ${row}.id`, `'community:' || ${row}.community_id`, `'activity'`]);

/**
 * The tables that are written most, by functions of their own: a reply costs no more than it must,
 * and a table of changed rows would cost more than what is noted.
 */
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

/**
 * Says which pages a transaction changed, so that a page may be kept in memory for as long as
 * nothing that it was made of changes. Rows are only added, so that no writer waits for another.
 */
export class NotePageChanges1795903937891 implements MigrationInterface {
  name = 'NotePageChanges1795903937891';

  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table page_changes (
        scope text collate "C" not null,
        xid bigint not null,
        primary key (scope, xid)
      )`);
    await db.query(`
      create function note_page_change() returns trigger language plpgsql as $$
      declare
        changed jsonb;
        part int;
      begin
        foreach changed in array array[to_jsonb(old), to_jsonb(new)] loop
          continue when changed is null;
          for part in 0 .. tg_nargs - 1 by 2 loop
            insert into page_changes (scope, xid)
            values (
              tg_argv[part] || coalesce(changed ->> tg_argv[part + 1], ''),
              pg_current_xact_id()::text::bigint
            )
            on conflict do nothing;
          end loop;
        end loop;
        return null;
      end $$`);
    for (const [table, scopes, when = {}] of ROWS)
      for (const event of EVENTS) {
        const condition = when[event];
        if (condition === null) continue;
        await db.query(`
          create trigger ${table}_${event}_on_pages after ${event} on ${table} for each row
          ${condition === undefined ? '' : `when (${condition})`}
          execute function note_page_change(${scopes})`);
      }
    for (const [table, scopes] of LOOKED_UP) {
      await db.query(`
        create function note_page_change_of_${table}() returns trigger language plpgsql as $$
        declare
          changed ${table};
        begin
          if tg_op <> 'INSERT' then
            changed := old;
            ${noted(scopes)}
          end if;
          if tg_op <> 'DELETE' then
            changed := new;
            ${noted(scopes)}
          end if;
          return null;
        end $$`);
      await db.query(`
        create trigger ${table}_on_pages after insert or update or delete on ${table} for each row
        execute function note_page_change_of_${table}()`);
    }
    for (const [table, events] of Object.entries(FREQUENT))
      for (const event of EVENTS) {
        await db.query(`
          create function note_${table}_${event}_on_pages() returns trigger language plpgsql as $$
          begin
            ${events[event]}
            return null;
          end $$`);
        await db.query(`
          create trigger ${table}_${event}_on_pages after ${event} on ${table} for each row
          execute function note_${table}_${event}_on_pages()`);
      }
    // What pages of strategies show of a thread in which somebody tells of one: its title, and
    // whether it is to be read.
    await db.query(`
      create function note_told_thread() returns trigger language plpgsql as $$
      begin
        ${noted(`
          select 'strategy:' || s.strategy_id
          from posts p
          join post_strategies s on s.post_id = p.id
          where p.thread_id = (to_jsonb(new) ->> tg_argv[0])::bigint`)}
        return null;
      end $$`);
    await db.query(`
      create trigger threads_told_on_pages after update on threads for each row
      when ((old.title, old.status, old.community_id, old.created_at)
        is distinct from (new.title, new.status, new.community_id, new.created_at))
      execute function note_told_thread('id')`);
    await db.query(`
      create trigger posts_told_on_pages after update on posts for each row
      when (old.members_only <> new.members_only)
      execute function note_told_thread('thread_id')`);
    // A strategy names who told of it, until they take their name off the post.
    await db.query(`
      create trigger posts_detached_on_pages after update on posts for each row
      when (old.name_detached <> new.name_detached)
      execute function note_page_change('strategies', '')`);
  }

  async down(db: QueryRunner): Promise<void> {
    for (const { table, name } of (await db.query(`
      select tgrelid::regclass::text as "table", tgname as name
      from pg_trigger
      where tgname like '%\\_on\\_pages' and not tgisinternal`)) as {
      table: string;
      name: string;
    }[])
      await db.query(`drop trigger ${name} on ${table}`);
    for (const table of Object.keys(FREQUENT))
      for (const event of EVENTS) await db.query(`drop function note_${table}_${event}_on_pages()`);
    for (const [table] of LOOKED_UP) await db.query(`drop function note_page_change_of_${table}()`);
    await db.query('drop function note_told_thread()');
    await db.query('drop function note_page_change()');
    await db.query('drop table page_changes');
  }
}
