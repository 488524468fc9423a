import { Injectable } from '@nestjs/common';
import { Sql } from '../kernel/sql.js';
import { helpFirst } from '../triage/help-topics.js';
import { Screening } from '../triage/screening.js';
import { closestWord, editsAllowed } from './spelling.js';
import { similarWords } from './spelling.queries.js';

/** Maximum number of words of a query that are corrected. */
const MAX_WORDS = 6;
const WORD = /[\p{L}\p{M}\p{N}'’]+/gu;

/** Corrects spelling mistakes to words of the vocabulary, but never to harmful words. */
@Injectable()
export class SpellingCorrection {
  constructor(
    private readonly sql: Sql,
    private readonly screening: Screening,
  ) {}

  /** @returns the corrected query; null if there is nothing to correct */
  async of(q: string): Promise<string | null> {
    const words = [
      ...new Set(
        (q.toLowerCase().match(WORD) ?? []).filter((word) => editsAllowed(word.length) > 0),
      ),
    ].slice(0, MAX_WORDS);
    if (words.length === 0) return null;
    const rows = await this.sql.rows(similarWords, { words });
    const corrections = new Map<string, string>();
    for (const word of words) {
      const closest = closestWord(
        word,
        rows.filter((row) => row.unknown === word && this.harmless(row.word)),
      );
      if (closest !== null) corrections.set(word, closest);
    }
    if (corrections.size === 0) return null;
    const corrected = q.replace(WORD, (word) => corrections.get(word.toLowerCase()) ?? word);
    return this.harmless(corrected) ? corrected : null;
  }

  private harmless(text: string): boolean {
    return helpFirst(text, this.screening)?.danger !== true;
  }
}
