import { Injectable } from '@nestjs/common';
import { Database } from '../kernel/database.js';
import { Sql, statement, executeIn } from '../kernel/sql.js';

interface ReadingChoices {
  /** Content notes whose posts are shown unfolded, and those whose posts are hidden. */
  show: string[];
  hide: string[];
  words: string[];
}

/** Maximum number of muted words; more would make every list slow for the member. */
export const MAX_MUTED_WORDS = 100;

const read = statement<{ memberId: string }, ReadingChoices>(
  'accounts.reading-choices',
  `
    select coalesce((select array_agg(note order by note)
      from note_choices
      where member_id = :memberId and choice = 'show'),
      '{}') as show,
          coalesce((select array_agg(note order by note)
            from note_choices
            where member_id = :memberId and choice = 'hide'),
            '{}') as hide,
          coalesce((select array_agg(word order by word)
            from muted_words
            where member_id = :memberId),
            '{}') as words`,
);

/** A member's content-note choices and muted words; visible to nobody else. */
@Injectable()
export class ReadingPreferencesForm {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
  ) {}

  async of(memberId: string): Promise<ReadingChoices> {
    return (await this.sql.first(read, { memberId })) ?? { show: [], hide: [], words: [] };
  }

  /**
   * Replaces all choices.
   * @param choices words as typed, without duplicates, at most MAX_MUTED_WORDS
   */
  async choose(memberId: string, { show, hide, words }: ReadingChoices): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      // Locks the member's row first, so that concurrent saves are serialised.
      await executeIn(tx, 'select 1 from members where id = :memberId for update', { memberId });
      await executeIn(tx, 'delete from note_choices where member_id = :memberId', { memberId });
      await executeIn(tx, 'delete from muted_words where member_id = :memberId', { memberId });
      await executeIn(
        tx,
        `
          insert into note_choices (member_id, note, choice)
          select :memberId::bigint, n, 'show'
          from unnest(:show::text[]) n
          union all
          select :memberId::bigint, n, 'hide'
          from unnest(:hide::text[]) n
        `,
        { memberId, show, hide },
      );
      await executeIn(
        tx,
        `
          insert into muted_words (member_id, word)
          select :memberId::bigint, w
          from unnest(:words::text[]) w
        `,
        { memberId, words },
      );
    });
  }
}
