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
 * All that is a member's, but what is encrypted for them alone: that goes out from the toolkit,
 * under its own lock.
 */
@Injectable()
export class DataExport {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Posts under an alias are their author's too, so they are in it. */
  async of(memberId: string): Promise<OwnFile> {
    const found = await Promise.all(
      Object.entries(parts).map(
        async ([part, what]) => [part, await this.sql.rows(what, { memberId })] as const,
      ),
    );
    return {
      made: this.clock.now().toISOString(),
      ...(Object.fromEntries(found) as Record<Part, Row[]>),
    };
  }

  /**
   * @param what `aliases`: with what joins names in one thread to the handle
   * @returns null where nobody has the handle
   */
  async ofHandle(handle: string, what: { aliases: boolean }): Promise<OwnFile | null> {
    const member = await this.sql.first(idOf, { handle });
    if (member === null) return null;
    const file = await this.of(member.id);
    return what.aliases ? file : withoutAliases(file);
  }
}

/** Leaves out every row that names a thread in which the member has an alias. */
function withoutAliases(file: OwnFile): OwnFile {
  const threads = new Set(file.aliases.map(({ place }) => String(place).split('/').at(-1)));
  const isMasked = (row: Row): boolean => {
    // Whatever names a thread: `/t/12#post-3`, or the key of a draft.
    const numbers = typeof row.place === 'string' ? row.place.match(/\d+/g) : null;
    return numbers?.some((number) => threads.has(number)) === true;
  };
  const { made, ...lists } = file;
  const kept = Object.entries(lists).map(([part, rows]) => [
    part,
    part === 'aliases' ? [] : rows.filter((row) => !isMasked(row)),
  ]);
  return { made, ...(Object.fromEntries(kept) as Record<Part, Row[]>) };
}
