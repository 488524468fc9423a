import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Sql, statement } from '../kernel/sql.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { strategySearch, type FoundStrategy } from './other-search.queries.js';
import { threadSearch, type FoundThread } from './thread-search.queries.js';

/** Words of a text that are looked at; the title comes first. */
const MOST_READ = 80;
/** Words that are looked for: the rarest say best what a text is about. */
const MOST_ASKED = 6;
const SHOWN_THREADS = 4;
const SHOWN_STRATEGIES = 2;

const known = statement<{ words: readonly string[] }, { word: string; documents: number }>(
  'search.known-words',
  'select word, documents from search_vocabulary where word = any(:words::text[])',
);

export interface Similar {
  threads: FoundThread[];
  strategies: FoundStrategy[];
}

/** The words of a text, each once, in the order they come, small and without accents. */
export function wordsOf(text: string): string[] {
  const plain = text.slice(0, 4_000).toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return [...new Set(plain.match(/[\p{L}\p{N}]{3,30}/gu) ?? [])].slice(0, MOST_READ);
}

/**
 * What a text is about, for the search: its rarest words among those that are known here; where
 * none is, its longest.
 * @param documents how many texts hold a word
 */
export function aboutWords(
  words: readonly string[],
  documents: ReadonlyMap<string, number>,
): string[] {
  const rare = words
    .filter((word) => documents.has(word))
    .sort((a, b) => (documents.get(a) ?? 0) - (documents.get(b) ?? 0))
    .slice(0, MOST_ASKED);
  return rare.length > 0
    ? rare
    : [...words].sort((a, b) => b.length - a.length).slice(0, MOST_ASKED);
}

/**
 * Who else is in the same boat: threads and strategies about what a text is about, as the viewer
 * may see them. Nothing of the text is kept.
 */
@Injectable()
export class SimilarThings {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** @param except the id of a thread that is not its own company */
  async to(
    viewer: MaybeViewer,
    text: string,
    language: string,
    except: string | null = null,
  ): Promise<Similar> {
    const words = wordsOf(text);
    if (words.length === 0) return { threads: [], strategies: [] };
    const documents = new Map(
      (await this.sql.rows(known, { words })).map((row) => [row.word, row.documents]),
    );
    const query = aboutWords(words, documents).join(' or ');
    const viewerId = viewer?.memberId ?? null;
    const threads = await this.sql.rows(threadSearch.all, {
      viewerId,
      isStaff: isStaff(viewer),
      query,
      community: '',
      labels: '',
      since: null,
      offset: 0,
      limit: SHOWN_THREADS + 1,
      now: this.clock.now(),
      memberId: viewer?.suspendedUntil == null ? viewerId : null,
    });
    const strategies = await this.sql.rows(strategySearch.all, {
      viewerId,
      language,
      query,
      offset: 0,
      limit: SHOWN_STRATEGIES,
    });
    return {
      threads: threads.filter(({ id }) => id !== except).slice(0, SHOWN_THREADS),
      strategies,
    };
  }
}
