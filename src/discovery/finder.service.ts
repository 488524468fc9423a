import { Injectable } from '@nestjs/common';
import { Sql } from '../kernel/sql.js';
import { Resources } from '../resources/resources.service.js';
import { helpFirst, helpTopicOf } from '../triage/help-topics.js';
import { Screening } from '../triage/screening.js';
import { candidates } from './finder.queries.js';
import { NearestGroups } from './nearest-groups.service.js';
import { understand } from './query-understanding.js';
import { rank, type Match, type ReplyNeed } from './ranking.js';

/** The finder's form. Empty strings and null mean no answer. */
export interface FinderQuery {
  text: string;
  difficulty: string;
  situation: string;
  need: ReplyNeed | null;
  language: string;
  visibility: string;
}

export interface FinderResult {
  /** Help to show above the results; null if the query needs none. */
  help: ReturnType<typeof helpFirst>;
  /** Best first. */
  matches: Match[];
  /** If nothing matches: communities on similar topics, or open to everybody. */
  nearest: Match[];
  /** If nothing matches: external resources. */
  elsewhere: ElsewhereResource[];
}

type ElsewhereResource = Awaited<ReturnType<Resources['fitting']>>[number];

/** Finds communities from a few answers or free text. Stores nothing. */
@Injectable()
export class Finder {
  constructor(
    private readonly sql: Sql,
    private readonly screening: Screening,
    private readonly nearestGroups: NearestGroups,
    private readonly resources: Resources,
  ) {}

  /** @param country the viewer's; empty if unknown */
  async find(query: FinderQuery, country: string): Promise<FinderResult> {
    const help = helpFirst(query.text, this.screening) ?? helpTopicOf(query.difficulty);
    if (isEmptyQuery(query)) return { help, matches: [], nearest: [], elsewhere: [] };
    const understood = understand(query.text);
    const difficulties = unionOf(query.difficulty, understood.difficulties);
    const situations = unionOf(query.situation, understood.situations);
    const { language, visibility } = query;
    const rows = await this.sql.rows(candidates, {
      difficulties,
      situations,
      words: understood.words.join(' '),
      language,
      visibility,
    });
    const matches = rank(rows, {
      difficulties,
      situations,
      need: query.need,
      words: understood.words,
      hasText: query.text !== '',
    });
    if (matches.length > 0) return { help, matches, nearest: [], elsewhere: [] };
    return {
      help,
      matches,
      nearest: await this.nearestGroups.to({ difficulties, situations, language, visibility }),
      elsewhere: await this.resources.fitting(difficulties[0] ?? '', country),
    };
  }
}

/** Whether no question was answered. */
export function isEmptyQuery(query: FinderQuery): boolean {
  return Object.values(query).every((value) => value === '' || value === null);
}

function unionOf(chosen: string, understood: readonly string[]): string[] {
  return [...new Set([...(chosen === '' ? [] : [chosen]), ...understood])];
}
