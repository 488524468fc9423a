import { Injectable } from '@nestjs/common';
import { Database } from '../kernel/database.js';
import { Sql, statement } from '../kernel/sql.js';

export interface ReadingChoices {
  /** Content notes whose posts are not folded, and those that are left out. */
  show: string[];
  hide: string[];
  words: string[];
}

/** Enough for anybody; more would make every list slow for its owner. */
export const MOST_WORDS = 100;

const read = statement<ReadingChoices>(
  'accounts.reading-choices',
  `
    select coalesce((select array_agg(note order by note)
      from note_choices
      where member_id = $1 and choice = 'show'),
      '{}') as show,
          coalesce((select array_agg(note order by note)
            from note_choices
            where member_id = $1 and choice = 'hide'),
            '{}') as hide,
          coalesce((select array_agg(word order by word) from muted_words where member_id = $1),
            '{}') as words`,
);

/**
 * A word as PostgreSQL looks for it: whole, with whatever it holds taken as it stands; where it
 * ends in a sign, no boundary is asked for there.
 */
export function wordPattern(word: string): string {
  const plain = word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&').replace(/\s+/g, '\\s+');
  const start = /^[\p{L}\p{N}_]/u.test(word) ? '\\m' : '';
  const end = /[\p{L}\p{N}_]$/u.test(word) ? '\\M' : '';
  return `${start}${plain}${end}`;
}

/** What a member is spared, or sees unfolded. Nobody else learns of it. */
@Injectable()
export class Reading {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
  ) {}

  async of(memberId: string): Promise<ReadingChoices> {
    return (await this.sql.first(read, [memberId])) ?? { show: [], hide: [], words: [] };
  }

  /** Replaces all of them. @param choices words as typed, each once, at most MOST_WORDS */
  async choose(memberId: string, { show, hide, words }: ReadingChoices): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      // The member's row first, so that two savings at once take turns.
      await tx.query('select 1 from members where id = $1 for update', [memberId]);
      await tx.query('delete from note_choices where member_id = $1', [memberId]);
      await tx.query('delete from muted_words where member_id = $1', [memberId]);
      await tx.query(
        `
          insert into note_choices (member_id, note, choice)
          select $1::bigint, n, 'show'
          from unnest($2::text[]) n
          union all
          select $1::bigint, n, 'hide'
          from unnest($3::text[]) n
        `,
        [memberId, show, hide],
      );
      await tx.query(
        `
          insert into muted_words (member_id, word, pattern)
          select $1::bigint, w, p
          from unnest($2::text[], $3::text[]) as x(w, p)
        `,
        [memberId, words, words.map(wordPattern)],
      );
    });
  }
}
