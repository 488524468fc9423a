import { Injectable } from '@nestjs/common';
import { Sql } from '../kernel/sql.js';
import { candidates } from './finder.queries.js';
import { nearestTags, type Tags } from './nearest-tags.js';
import { rank, SETTINGS, type Match } from './ranking.js';

/** A longer list would leave the reader choosing again. */
const MOST_NEAREST = 3;

export interface NearestQuery extends Tags {
  /** The tags selected in the form. */
  chosen: readonly string[];
  /** The words of the text, for descriptions. */
  words: readonly string[];
  language: string;
  /** Language of the page. */
  locale: string;
  /** As chosen; empty for any. */
  visibility: string;
}

/** What to suggest for a query without a match; one of the lists is empty. */
export interface Nearest {
  /** Communities on similar topics, best first. */
  nearest: Match[];
  /** The largest communities that everybody may read, if nothing is similar. */
  open: Match[];
}

/** Suggests communities for queries without a match. */
@Injectable()
export class NearestGroups {
  constructor(private readonly sql: Sql) {}

  /**
   * Communities with the nearest tags; otherwise the largest public ones, those in the language of
   * the query first. Empty only if no community is public.
   */
  async to(query: NearestQuery): Promise<Nearest> {
    const { language, locale } = query;
    const tags = nearestTags(withoutAsides(query));
    if (tags.difficulties.length + tags.situations.length > 0) {
      const nearest = await this.ranked({ ...query, ...tags });
      if (nearest.length > 0) return { nearest, open: [] };
    }
    const open = await this.ranked({ ...ANY, language, locale });
    return {
      nearest: [],
      open: (open.length > 0 ? open : await this.ranked({ ...ANY, locale })).map(asOpen),
    };
  }

  private async ranked(query: NearestQuery): Promise<Match[]> {
    const { difficulties, situations, words, locale } = query;
    const rows = await this.sql.rows(candidates, {
      ...query,
      words: words.join(' '),
      slugs: [],
    });
    return rank(rows, {
      difficulties,
      situations,
      // Whatever leads here is better than nothing.
      chosen: situations,
      need: null,
      words,
      locale,
      hasText: words.length > 0,
    }).slice(0, MOST_NEAREST);
  }
}

/** Without the general situations that a text mentions beside something else. */
function withoutAsides({ difficulties, situations, chosen }: NearestQuery): Tags {
  const subjects = situations.filter((tag) => !SETTINGS.has(tag) || chosen.includes(tag));
  const isAside = difficulties.length + subjects.length > 0;
  return { difficulties, situations: isAside ? subjects : situations };
}

function asOpen(match: Match): Match {
  return { ...match, reasons: [{ kind: 'open', what: '' }] };
}

const ANY: NearestQuery = {
  chosen: [],
  difficulties: [],
  situations: [],
  words: [],
  language: '',
  locale: '',
  visibility: 'public',
};
