import type { MigrationInterface, QueryRunner } from 'typeorm';

// As in 1795881247769: classes of signs for regular expressions that mean the same in every locale.
const WORD = 'A-Za-z0-9\\u0080-\\uffff';
const LETTER = 'A-Za-z\\u0080-\\uffff';
const HYPHENED = `[${WORD}]+(?:-[${WORD}]+)+`;
const BETWEEN_WORDS = `(?<=[${WORD}])-(?=[${WORD}])`;

/** A phrase as it was written is asked for too, unless that would weaken what is left out. */
const WITH_PHRASES_AS_WRITTEN = `
        if asked <> written and strpos(normal, '"') > 0 and asked::text not like '%!%' then
          asked := asked || written;
        end if;`;

/**
 * Finds words with a hyphen inside a quoted phrase. The index holds the joined form ("cptsd")
 * without a position, and PostgreSQL matches no phrase that may hold a word without position:
 * '(c <-> ptsd | cptsd) <-> mean' did not find "C-PTSD means".
 */
export class FindHyphensInQuotedWords1795885412425 implements MigrationInterface {
  name = 'FindHyphensInQuotedWords1795885412425';

  async up(db: QueryRunner): Promise<void> {
    await this.replaceVariant(db, WITH_PHRASES_AS_WRITTEN);
  }

  async down(db: QueryRunner): Promise<void> {
    await this.replaceVariant(db, '');
  }

  private async replaceVariant(db: QueryRunner, phrases: string): Promise<void> {
    await db.query(`
      create or replace function search_variant(config regconfig, normal text) returns tsquery
      language plpgsql immutable strict parallel safe as $$
      declare
        asked tsquery;
        written tsquery;
        parts tsquery;
        joined tsquery;
        word text[];
      begin
        select websearch_to_tsquery(config, string_agg(regexp_replace(case
            when x.at % 2 = 1 then regexp_replace(x.piece, '(${HYPHENED})', '"\\1"', 'g')
            else x.piece end, '${BETWEEN_WORDS}', ' ', 'g'), '"' order by x.at))
          into asked
        from unnest(string_to_array(normal, '"')) with ordinality as x(piece, at);
        written := asked;
        for word in
          select array[replace(m[1], '-', ' '), replace(m[1], '-', ''), '-']
          from regexp_matches(normal, '(${HYPHENED})', 'g') m
          where m[1] ~ '[${LETTER}]'
          union
          select array[m[1] || ' ' || m[2], m[1] || m[2], '']
          from regexp_matches(normal, '(?<![${WORD}]|[${WORD}]-)([${LETTER}]+)([0-9]+)(?![-${WORD}])',
            'g') m
          limit 10
        loop
          parts := phraseto_tsquery(config, word[1]);
          joined := plainto_tsquery(config, word[2]);
          continue when numnode(parts) = 0 or numnode(joined) = 0;
          asked := ts_rewrite(asked, case word[3] when '-' then parts else joined end,
            parts || joined);
        end loop;${phrases}
        return asked;
      end $$`);
  }
}
