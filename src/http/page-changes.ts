import { Injectable } from '@nestjs/common';
import { Clock, HOUR, later, SECOND } from '../kernel/clock.js';
import { Replicas } from '../kernel/replicas.js';
import { duringRequest, RequestReads } from '../kernel/request-reads.js';
import { Sql, statement } from '../kernel/sql.js';

/**
 * Part of the data that pages for guests depend on. Triggers record which scopes a transaction has
 * changed; the migration `note-page-changes` maps tables to scopes.
 */
export type PageScope =
  | `thread:${string}`
  | `community:${string}`
  | `strategy:${string}`
  /** All communities: their names, and lists of them. */
  | 'communities'
  /** Activity in all threads, as counted in lists of communities. */
  | 'activity'
  /** Names, pictures and roles of members, and names of aliases. */
  | 'people'
  /** The strategy library. */
  | 'strategies'
  /** The page "Help elsewhere". */
  | 'resources'
  /** The words of posts, as the search index has them. */
  | 'words';

/**
 * The newest change of the scopes, and `mark`: every transaction below it has ended, so all later
 * reads see its changes. A transaction id from the future came with a restored backup and is
 * ignored.
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

/** How long changes are remembered: longer than any page is cached. */
const REMEMBERED = HOUR;

// A time in seconds has ten digits until the year 2286.
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

/**
 * Milliseconds for which a mark is reused. An old mark is safe, but makes more pages look stale.
 */
const MARK_LASTS = SECOND;

interface Question {
  readonly scopes: readonly PageScope[];
  readonly answer: (found: { newest: number; mark: number }) => void;
  readonly fail: (error: unknown) => void;
}

/** Determines whether the data of a page has changed since it was generated. */
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
   * To be called before a page is generated: every later change is at or above the mark, unless the
   * page already shows it.
   * @returns the mark of the server that the current request reads from
   */
  async mark(): Promise<number> {
    if (this.replicas.enabled)
      return (await this.sql.first(newestChanges, { scopes: [] }))?.mark ?? 0;
    if (this.clock.monotonic() - this.known.at < MARK_LASTS) return this.known.mark;
    return (await this.newest([])).mark;
  }

  /**
   * The newest change among all scopes, 0 if there is none, as of a time after the call. Calls
   * within one turn of the event loop are batched into one query.
   */
  newest(scopes: readonly PageScope[]): Promise<{ newest: number; mark: number }> {
    return new Promise((answer, fail) => {
      if (this.questions.length === 0) setImmediate(() => void this.ask());
      this.questions.push({ scopes, answer, fail });
    });
  }

  /** Deletes changes older than any cached page. Idempotent, and safe at any time. */
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
