import { Injectable } from '@nestjs/common';
import { Sql, statement } from '../kernel/sql.js';
import { helpFirst } from '../triage/help-topics.js';
import { Screening } from '../triage/screening.js';
import { meant, slipsAllowed, type KnownWord } from './spelling.js';

/** Words of a search that are looked at. */
const MOST_WORDS = 6;
const WORD = /[\p{L}\p{M}\p{N}'’]+/gu;

interface Near extends KnownWord {
  asked: string;
}

/**
 * The table holds some thousands of words, never the posts: a slip costs the same whatever was
 * written since.
 */
const near = statement<{ wordsAsAsked: readonly string[] }, Near>(
  'search.near-words',
  `select a.word as asked, k.word, k.documents
   from (select word, unaccent(word) as plain from unnest(:wordsAsAsked::text[]) word) a
   cross join lateral (select v.word, v.documents
     from search_vocabulary v
     where v.word % a.plain
     order by similarity(v.word, a.plain) desc, v.documents desc
     limit 12) k
   where not exists (select 1 from search_vocabulary v where v.word = a.plain)`,
  'pooled',
);

/**
 * Slips of typing, put right only where the word that was meant is known here, and never towards
 * words of harm.
 */
@Injectable()
export class SpellingCorrection {
  constructor(
    private readonly sql: Sql,
    private readonly screening: Screening,
  ) {}

  /** @returns the search as it was probably meant; null where nothing is nearer */
  async of(q: string): Promise<string | null> {
    const words = [
      ...new Set(
        (q.toLowerCase().match(WORD) ?? []).filter((word) => slipsAllowed(word.length) > 0),
      ),
    ].slice(0, MOST_WORDS);
    if (words.length === 0) return null;
    const rows = await this.sql.rows(near, { wordsAsAsked: words });
    const right = new Map<string, string>();
    for (const word of words) {
      const found = meant(
        word,
        rows.filter(({ asked, word: known }) => asked === word && this.harmless(known)),
      );
      if (found !== null) right.set(word, found);
    }
    if (right.size === 0) return null;
    const corrected = q.replace(WORD, (word) => right.get(word.toLowerCase()) ?? word);
    return this.harmless(corrected) ? corrected : null;
  }

  private harmless(text: string): boolean {
    return helpFirst(text, this.screening)?.danger !== true;
  }
}
