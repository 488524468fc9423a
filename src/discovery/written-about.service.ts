import { Injectable } from '@nestjs/common';
import type { MaybeViewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import { SimilarSearch } from '../search/similar.service.js';
import { candidates } from './finder.queries.js';
import type { Match } from './ranking.js';

/** A longer list would leave the reader choosing again. */
const MOST_COMMUNITIES = 2;
/** A title as long as this says what a thread is about; a longer one is hard to take in. */
const LONGEST_TITLE = 80;

/** Suggests communities by what people wrote there, for words that no tag or description has. */
@Injectable()
export class WrittenAbout {
  constructor(
    private readonly sql: Sql,
    private readonly similar: SimilarSearch,
  ) {}

  /**
   * The communities with the most threads similar to a text, among those that the viewer may read.
   * The reason for each is the title of the thread that is most similar.
   * @param filter `language`: of the community, empty for any; `locale`: of the page
   */
  async communities(
    viewer: MaybeViewer,
    text: string,
    filter: { language: string; visibility: string; locale: string },
  ): Promise<Match[]> {
    const { language, visibility, locale } = filter;
    const threads = await this.similar.threadsAbout(viewer, text, locale);
    const titles = Map.groupBy(threads, ({ slug }) => slug);
    const slugs = [...titles]
      .sort(([, a], [, b]) => b.length - a.length)
      .slice(0, MOST_COMMUNITIES)
      .map(([slug]) => slug);
    if (slugs.length === 0) return [];
    const rows = await this.sql.rows(candidates, { ...NO_TAGS, slugs, language, visibility });
    return slugs.flatMap((slug) => {
      const community = rows.find((row) => row.slug === slug);
      const thread = titles.get(slug)?.find(({ title }) => title.length <= LONGEST_TITLE);
      return community === undefined || thread === undefined
        ? []
        : [{ community, score: 0, reasons: [{ kind: 'written' as const, what: thread.title }] }];
    });
  }
}

/** Neither words nor tags, so that only the named communities match. */
const NO_TAGS = { words: '', difficulties: [], situations: [] };
