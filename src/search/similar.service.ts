import { Injectable } from '@nestjs/common';
import { Sql } from '../kernel/sql.js';
import type { MaybeViewer } from '../http/viewer.js';
import { matchedWords, wordStart } from './snippet.js';
import { openingText, wordFrequencies, wordShares } from './similar.queries.js';
import { strategySearch, type FoundStrategy } from './other-search.queries.js';
import type { FoundThread } from './thread-search.queries.js';
import { ThreadSearch } from './thread-search.js';

/** Maximum number of words of a text that are considered; those of the title come first. */
const MAX_CONSIDERED = 80;
/** Maximum number of words in the search: the rarest, which characterise a text best. */
const MAX_SEARCHED = 6;
const SHOWN_THREADS = 4;
const SHOWN_STRATEGIES = 2;
/** Maximum number of threads of which is told whether they are about a text. */
const MAX_COMPARED = 20;
/** Minimum number of words that these share with it. */
const MIN_SHARED = 2;
/** Maximum number of words whose frequency is looked up. */
const MAX_WEIGHED = 12;
/** A word that none of the newest posts contains counts as in half a post: older ones may. */
const UNSEEN = 0.5;
/** Minimum weight of a word that says what a text is about: in at most one of 25 posts. */
const MIN_WEIGHT = Math.log(25);
/** Minimum sum of the weights of the words that a thread and a text share. */
const MIN_TOGETHER = 2 * Math.log(75);

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

/**
 * The rarest words with their weights, the inverse document frequency; without those that people
 * use about anything.
 */
export function wordWeights(
  shares: readonly { word: string; posts: number; outOf: number }[],
): Map<string, number> {
  return new Map(
    shares
      .map(({ word, posts, outOf }) => [word, Math.log(outOf / Math.max(posts, UNSEEN))] as const)
      .filter(([, weight]) => weight >= MIN_WEIGHT)
      .sort(([, a], [, b]) => b - a)
      .slice(0, MAX_SEARCHED),
  );
}

/** Whether the matched words, by their first letters, are too rare to be together by chance. */
function isAbout(matched: ReadonlySet<string>, weights: ReadonlyMap<string, number>): boolean {
  const shared = [...weights].filter(([word]) => matched.has(wordStart(word)));
  return (
    shared.length >= MIN_SHARED &&
    shared.reduce((sum, [, weight]) => sum + weight, 0) >= MIN_TOGETHER
  );
}

/** Finds threads and strategies similar to a text, as the viewer may read them; stores nothing. */
@Injectable()
export class SimilarSearch {
  constructor(
    private readonly sql: Sql,
    private readonly threads: ThreadSearch,
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
    const words = await this.wordsFor(text);
    if (words.length === 0) return { threads: [], strategies: [] };
    const threads = await this.threadsWith(viewer, words, SHOWN_THREADS + 1);
    const query = words.join(' or ');
    const viewerId = viewer?.memberId ?? null;
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

  /**
   * Threads that say at least two of the rare words of a text close together, most similar first.
   * One word alone, and words that people use about anything, are chance.
   */
  async threadsAbout(viewer: MaybeViewer, text: string, language: string): Promise<FoundThread[]> {
    const words = contentWordsOf(text).slice(0, MAX_WEIGHED);
    if (words.length < MIN_SHARED) return [];
    const weights = wordWeights(await this.sql.rows(wordShares, { words, language }));
    if (weights.size < MIN_SHARED) return [];
    const threads = await this.threadsWith(viewer, [...weights.keys()], MAX_COMPARED);
    return threads.filter(({ title, excerpt }) => {
      const inTitle = contentWordsOf(title).map(wordStart);
      return isAbout(new Set([...matchedWords(excerpt ?? ''), ...inTitle]), weights);
    });
  }

  private async wordsFor(text: string): Promise<string[]> {
    const words = contentWordsOf(text);
    if (words.length === 0) return [];
    const rows = await this.sql.rows(wordFrequencies, { words });
    return characteristicWords(words, new Map(rows.map((row) => [row.word, row.documents])));
  }

  private threadsWith(
    viewer: MaybeViewer,
    words: readonly string[],
    limit: number,
  ): Promise<FoundThread[]> {
    return this.threads.find(viewer, { query: words.join(' or '), strictness: 'all', limit });
  }
}
