import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Sql, statement } from '../kernel/sql.js';
import type { Row } from './account-data.queries.js';
import { parts, type Part } from './exported-parts.js';

export type OwnFile = { made: string } & Record<Part, Row[]>;

const idOf = statement<{ handle: string }, { id: string }>(
  'own-data.id',
  'select id from members where handle = :handle::citext and closed_at is null',
);

/**
 * Exports all of a member's data, except what is encrypted for them: the toolkit exports that,
 * behind its own lock.
 */
@Injectable()
export class DataExport {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Includes posts under aliases, which are their author's too. */
  async of(memberId: string): Promise<OwnFile> {
    const results = await Promise.all(
      Object.entries(parts).map(
        async ([part, what]) => [part, await this.sql.rows(what, { memberId })] as const,
      ),
    );
    return {
      made: this.clock.now().toISOString(),
      ...(Object.fromEntries(results) as Record<Part, Row[]>),
    };
  }

  /**
   * @param what `aliases`: whether to include data that links aliases to the handle
   * @returns null if nobody has the handle
   */
  async ofHandle(handle: string, what: { aliases: boolean }): Promise<OwnFile | null> {
    const member = await this.sql.first(idOf, { handle });
    if (member === null) return null;
    const file = await this.of(member.id);
    return what.aliases ? file : withoutAliases(file);
  }
}

/** Removes every row that names a thread in which the member has an alias. */
function withoutAliases(file: OwnFile): OwnFile {
  const threads = new Set(file.aliases.map(({ place }) => String(place).split('/').at(-1)));
  const isMasked = (row: Row): boolean => {
    // Any reference to a thread: `/t/12#post-3`, or the key of a draft.
    const numbers = typeof row.place === 'string' ? row.place.match(/\d+/g) : null;
    return numbers?.some((number) => threads.has(number)) === true;
  };
  const { made, ...lists } = file;
  const remaining = Object.entries(lists).map(([part, rows]) => [
    part,
    part === 'aliases' ? [] : rows.filter((row) => !isMasked(row)),
  ]);
  return { made, ...(Object.fromEntries(remaining) as Record<Part, Row[]>) };
}
