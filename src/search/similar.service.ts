import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Sql } from '../kernel/sql.js';
import { isStaff, type MaybeViewer } from '../http/viewer.js';
import { openingText, wordFrequencies } from './similar.queries.js';
import { strategySearch, type FoundStrategy } from './other-search.queries.js';
import { threadSearch, type FoundThread } from './thread-search.queries.js';

/** Maximum number of words of a text that are considered; those of the title come first. */
const MAX_CONSIDERED = 80;
/** Maximum number of words in the search: the rarest, which characterise a text best. */
const MAX_SEARCHED = 6;
const SHOWN_THREADS = 4;
const SHOWN_STRATEGIES = 2;

export interface SimilarContent {
  threads: FoundThread[];
  strategies: FoundStrategy[];
}

/** The distinct words of a text in order, in lower case and without accents. */
export function contentWordsOf(text: string): string[] {
  const plain = text.slice(0, 4_000).toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return [...new Set(plain.match(/[\p{L}\p{N}]{3,30}/gu) ?? [])].slice(0, MAX_CONSIDERED);
}

/**
 * The words that characterise a text: its rarest known words, or its longest if none is known.
 * @param documents document frequency by word
 */
export function characteristicWords(
  words: readonly string[],
  documents: ReadonlyMap<string, number>,
): string[] {
  const rare = words
    .filter((word) => documents.has(word))
    .sort((a, b) => (documents.get(a) ?? 0) - (documents.get(b) ?? 0))
    .slice(0, MAX_SEARCHED);
  return rare.length > 0
    ? rare
    : [...words].sort((a, b) => b.length - a.length).slice(0, MAX_SEARCHED);
}

/** Finds threads and strategies similar to a text, as the viewer may read them; stores nothing. */
@Injectable()
export class SimilarSearch {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
  ) {}

  /** Similar content for a thread, excluding the thread itself. */
  async toThread(
    viewer: MaybeViewer,
    thread: { readonly id: string; readonly title: string },
    language: string,
  ): Promise<SimilarContent> {
    const opening = await this.sql.first(openingText, { threadId: thread.id });
    return this.toText(viewer, `${thread.title} ${opening?.body ?? ''}`, language, thread.id);
  }

  /**
   * @param language of the page, for strategies
   * @param except id of a thread to exclude
   */
  async toText(
    viewer: MaybeViewer,
    text: string,
    language: string,
    except: string | null = null,
  ): Promise<SimilarContent> {
    const words = contentWordsOf(text);
    if (words.length === 0) return { threads: [], strategies: [] };
    const documents = new Map(
      (await this.sql.rows(wordFrequencies, { words })).map((row) => [row.word, row.documents]),
    );
    const query = characteristicWords(words, documents).join(' or ');
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
