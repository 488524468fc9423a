import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later, SECOND } from '../kernel/clock.js';
import { Replicas } from '../kernel/replicas.js';
import { duringRequest, RequestReads } from '../kernel/request-reads.js';
import { Sql, statement } from '../kernel/sql.js';

/**
 * A part of what pages for guests are made of. Triggers write down which ones a transaction has
 * changed: the migration `note-page-changes` says which table belongs to which.
 */
export type PageScope =
  | `thread:${string}`
  | `community:${string}`
  | `strategy:${string}`
  /** Every community: what a list of them or a link to another one says. */
  | 'communities'
  /** Every thread, as lists of communities count them. */
  | 'activity'
  /** Names, pictures and roles of members, and names of aliases. */
  | 'people'
  /** The library of strategies. */
  | 'strategies'
  /** Help elsewhere. */
  | 'resources';

/**
 * The newest change of each scope, and `mark`: every transaction below it has ended, so that what
 * is read from now on holds its changes. A number of a transaction that has not begun yet came with
 * a restored backup and says nothing.
 */
const newestChanges = statement<
  { scopes: readonly string[] },
  { mark: number; newest: string | null }
>(
  'http.newest-page-changes',
  `
    select pg_snapshot_xmin(pg_current_snapshot())::text::float8 as mark,
      (
        select string_agg(coalesce(x.newest, 0)::text, ' ' order by x.place)
        from (
          select s.place, (
            select max(c.xid)
            from page_changes c
            where c.scope = s.scope
              and c.xid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
          ) as newest
          from unnest(:scopes::text[]) with ordinality s (scope, place)
        ) x
      ) as newest
  `,
);

/** For how long changes are remembered: longer than any page is kept. */
const REMEMBERED = HOUR;

// The digits of a time in seconds stay ten until the year 2286.
const noteMark = statement<{ seconds: string }, never>(
  'http.note-page-mark',
  `
    insert into page_changes (scope, xid)
    values ('@' || :seconds::text, pg_snapshot_xmin(pg_current_snapshot())::text::bigint)
    on conflict do nothing
  `,
);

const forgetChanges = statement<{ seconds: string }, never>(
  'http.forget-page-changes',
  `
    delete from page_changes
    where xid < (
        select max(m.xid)
        from page_changes m
        where m.scope between '@' and '@' || :seconds::text
      )
      or xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
  `,
);

/** For how long a mark is taken for new pages, in ms. An old one is as good, and less often useful. */
const MARK_LASTS = SECOND;

interface Question {
  readonly scopes: readonly PageScope[];
  readonly answer: (found: { newest: number; mark: number }) => void;
  readonly fail: (error: unknown) => void;
}

/** Tells whether what a page was made of has changed since. */
@Injectable()
export class PageChanges {
  private questions: Question[] = [];
  private known = { mark: 0, at: -Infinity };

  constructor(
    private readonly sql: Sql,
    private readonly replicas: Replicas,
    private readonly clock: Clock,
  ) {}

  /**
   * Asked before a page is made: a change is at or above the mark, unless the page shows it.
   * @returns of the server that the running request reads from
   */
  async mark(): Promise<number> {
    if (this.replicas.enabled)
      return (await this.sql.first(newestChanges, { scopes: [] }))?.mark ?? 0;
    if (this.clock.monotonic() - this.known.at < MARK_LASTS) return this.known.mark;
    return (await this.newest([])).mark;
  }

  /**
   * The newest change of all scopes together, 0 for none, as of a moment after the call. The
   * questions of one turn of the event loop are asked in one query.
   */
  newest(scopes: readonly PageScope[]): Promise<{ newest: number; mark: number }> {
    return new Promise((answer, fail) => {
      if (this.questions.length === 0) setImmediate(() => void this.ask());
      this.questions.push({ scopes, answer, fail });
    });
  }

  /** Forgets what is older than any page that is kept. May run at any time, and twice. */
  async forget(): Promise<void> {
    const seconds = (date: Date): string => String(Math.floor(date.getTime() / SECOND));
    const now = this.clock.now();
    await this.sql.rows(forgetChanges, { seconds: seconds(later(now, -REMEMBERED)) });
    await this.sql.rows(noteMark, { seconds: seconds(now) });
  }

  private async ask(): Promise<void> {
    const asked = this.questions;
    this.questions = [];
    const scopes = [...new Set(asked.flatMap((question) => question.scopes))];
    try {
      const at = this.clock.monotonic();
      const row = await duringRequest(new RequestReads(true, null), () =>
        this.sql.first(newestChanges, { scopes }),
      );
      if (row === null) throw new Error('the query answered no row');
      const { mark } = row;
      this.known = { mark, at };
      const newest = row.newest?.split(' ').map(Number) ?? [];
      const byScope = new Map(scopes.map((scope, at) => [scope, newest[at] ?? Infinity]));
      for (const question of asked)
        question.answer({
          mark,
          newest: Math.max(0, ...question.scopes.map((scope) => byScope.get(scope) ?? Infinity)),
        });
    } catch (error) {
      for (const question of asked) question.fail(error);
    }
  }
}
