import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { DIFFICULTIES, SITUATIONS } from '../communities/community-tags.js';
import {
  difficultyOptions,
  languageOptions,
  openOptions,
  situationOptions,
} from '../communities/tag-choices.js';
import { tickOptions } from '../http/options.js';
import { helpFirstView } from '../http/help-first.js';
import { page, type Page } from '../http/page.js';
import { I18n, textQuery, CurrentViewer } from '../http/request.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { helpFirst, helpTopicOf } from '../triage/help-topics.js';
import { Screening } from '../triage/screening.js';
import { listedLanguages } from '../communities/communities.queries.js';
import { Resources } from '../resources/resources.service.js';
import { candidates } from './finder.queries.js';
import { matchView, resourceCard } from './finder.view.js';
import { NearestGroups } from './nearest-groups.service.js';
import { rank } from './ranking.js';
import { LONGEST_QUERY, understand } from './query-understanding.js';

const NEEDS = ['listen', 'experiences', 'advice'] as const;

interface Asked {
  q: string;
  difficulty: string;
  situation: string;
  need: (typeof NEEDS)[number] | null;
  language: string;
  open: string;
  /** The form was sent, be it empty. */
  any: boolean;
}

/**
 * A few plain questions, or free words, and communities with the reason for each. No account, and
 * nothing is kept.
 */
@Controller('find')
export class FinderController {
  constructor(
    private readonly sql: Sql,
    private readonly screening: Screening,
    private readonly nearest: NearestGroups,
    private readonly resources: Resources,
  ) {}

  @Get()
  async find(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const known = (await this.sql.rows(listedLanguages)).map(({ language }) => language);
    const asked = read(req, known);
    const understood = understand(asked.q);
    const help = helpFirst(asked.q, this.screening) ?? helpTopicOf(asked.difficulty);
    const difficulties = [
      ...new Set([
        ...(asked.difficulty === '' ? [] : [asked.difficulty]),
        ...understood.difficulties,
      ]),
    ];
    const situations = [
      ...new Set([...(asked.situation === '' ? [] : [asked.situation]), ...understood.situations]),
    ];
    const found = asked.any
      ? await this.sql.rows(candidates, {
          difficulties,
          situations,
          words: understood.words.join(' '),
          language: asked.language,
          visibility: asked.open,
        })
      : [];
    const matches = rank(found, {
      difficulties,
      situations,
      need: asked.need,
      words: understood.words,
      said: asked.q !== '',
    });
    const nothing = asked.any && matches.length === 0;
    const nearest = nothing
      ? await this.nearest.to({
          difficulties,
          situations,
          language: asked.language,
          visibility: asked.open,
        })
      : [];
    const elsewhere = nothing
      ? await this.resources.fitting(difficulties[0] ?? '', viewer?.country ?? '')
      : [];
    const view = {
      asked: asked.any,
      help: helpFirstView(help, i18n),
      guest: viewer === null,
      matches: matches.map((match) => matchView(match, i18n)),
      nearest: nearest.map((match) => matchView(match, i18n)),
      elsewhere: elsewhere.map(resourceCard),
      q: asked.q,
      difficulties: difficultyOptions(i18n, asked.difficulty, 'finding.say-nothing'),
      situations: situationOptions(i18n, asked.situation, 'finding.say-nothing'),
      needs: tickOptions(['', ...NEEDS], asked.need ?? '', (need) =>
        i18n.t(`finding.need.${need === '' ? 'any' : need}`),
      ),
      languages: known.length > 1 ? languageOptions(i18n, known, asked.language) : null,
      opens: openOptions(i18n, asked.open),
    };
    return page('finding/find', view, {
      titleKey: 'finding.title',
      indexable: !asked.any,
      canonical: '/find',
    });
  }
}

// What is not from the lists counts as not said: nobody is sent away for an old link.
function read(req: Request, languages: readonly string[]): Asked {
  const from = <T extends string>(name: string, list: readonly T[]): T | '' =>
    list.find((value) => value === textQuery(req, name)) ?? '';
  const q = (textQuery(req, 'q') ?? '')
    .replaceAll('\u0000', '')
    .toWellFormed()
    .trim()
    .slice(0, LONGEST_QUERY);
  const need = from('need', NEEDS);
  const asked = {
    q,
    difficulty: from('difficulty', DIFFICULTIES),
    situation: from('situation', SITUATIONS),
    need: need === '' ? null : need,
    language: from('language', languages),
    open: from('open', ['public', 'members', 'approval']),
  };
  return { ...asked, any: Object.values(asked).some((value) => value !== '' && value !== null) };
}
