import { Injectable } from '@nestjs/common';
import type { MaybeViewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import { WORLDWIDE } from '../resources/resource-options.js';
import { Resources } from '../resources/resources.service.js';
import { helpFirst, helpTopicOf } from '../triage/help-topics.js';
import { Screening } from '../triage/screening.js';
import { fittingElsewhere } from './elsewhere.js';
import { candidates, type FittingStrategy } from './finder.queries.js';
import { FittingStrategies } from './fitting-strategies.service.js';
import { NearestGroups } from './nearest-groups.service.js';
import type { Tags } from './nearest-tags.js';
import { understand } from './query-understanding.js';
import { rank, type Match, type ReplyNeed } from './ranking.js';
import { WrittenAbout } from './written-about.service.js';

/** The finder's form. Empty strings and null mean no answer. */
export interface FinderQuery {
  text: string;
  difficulty: string;
  situation: string;
  need: ReplyNeed | null;
  language: string;
  visibility: string;
}

/** Who asks. */
export interface FinderReader {
  viewer: MaybeViewer;
  /** Empty if unknown. */
  country: string;
  /** Language of the page. */
  locale: string;
}

export interface FinderResult {
  /** Help to show above the results; null if the query needs none. */
  help: ReturnType<typeof helpFirst>;
  /** Best first. */
  matches: Match[];
  /** Whether the query names a difficulty or a situation. */
  understood: boolean;
  /** If nothing matches: communities where people wrote about something similar. */
  written: Match[];
  /** If nothing matches: communities on similar topics. */
  nearest: Match[];
  /** If nothing is similar either: communities open to everybody. */
  open: Match[];
  /** Strategies for what the query names. */
  strategies: FittingStrategy[];
  /** If nothing matches: external resources. */
  elsewhere: ElsewhereResource[];
}

type ElsewhereResource = Awaited<ReturnType<Resources['list']>>[number];

/** Finds communities from a few answers or free text. Stores nothing. */
@Injectable()
export class Finder {
  constructor(
    private readonly sql: Sql,
    private readonly screening: Screening,
    private readonly nearestGroups: NearestGroups,
    private readonly writtenAbout: WrittenAbout,
    private readonly strategies: FittingStrategies,
    private readonly resources: Resources,
  ) {}

  async find(query: FinderQuery, reader: FinderReader): Promise<FinderResult> {
    const help = helpFirst(query.text, this.screening) ?? helpTopicOf(query.difficulty);
    const none = {
      help,
      matches: [],
      written: [],
      nearest: [],
      open: [],
      strategies: [],
      elsewhere: [],
    };
    if (isEmptyQuery(query)) return { ...none, understood: false };
    const { words, ...understood } = understand(query.text);
    const tags = {
      difficulties: unionOf(query.difficulty, understood.difficulties),
      situations: unionOf(query.situation, understood.situations),
    };
    const { language, visibility } = query;
    const { viewer, country, locale } = reader;
    const rows = await this.sql.rows(candidates, {
      ...tags,
      words: words.join(' '),
      language,
      visibility,
      slugs: [],
    });
    const chosen = [query.difficulty, query.situation];
    const matches = rank(rows, {
      ...tags,
      chosen,
      need: query.need,
      words,
      locale,
      hasText: query.text !== '',
    });
    // Whoever may be in danger needs people first.
    const strategies =
      help?.danger === true
        ? []
        : await this.strategies.for(tags, viewer?.memberId ?? null, locale);
    const result = {
      ...none,
      understood: tags.difficulties.length + tags.situations.length > 0,
      strategies,
    };
    if (matches.length > 0) return { ...result, matches };
    const written =
      help?.danger === true
        ? []
        : await this.writtenAbout.communities(viewer, query.text, { language, visibility, locale });
    const { nearest, open } = await this.nearestGroups.to({
      ...tags,
      chosen,
      words,
      language,
      locale,
      visibility,
    });
    return {
      ...result,
      written,
      nearest: nearest.filter(
        ({ community }) => !written.some((each) => each.community.slug === community.slug),
      ),
      open: written.length > 0 ? [] : open,
      elsewhere: await this.elsewhere(tags, country),
    };
  }

  private async elsewhere(tags: Tags, country: string): Promise<ElsewhereResource[]> {
    const place = country === '' ? WORLDWIDE : country;
    const entries = await this.resources.list({ country: place, need: '', language: '', kind: '' });
    return fittingElsewhere(entries, tags);
  }
}

/** Whether no question was answered. */
export function isEmptyQuery(query: FinderQuery): boolean {
  return Object.values(query).every((value) => value === '' || value === null);
}

function unionOf(chosen: string, understood: readonly string[]): string[] {
  return [...new Set([...(chosen === '' ? [] : [chosen]), ...understood])];
}
