import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { LISTED_VISIBILITIES } from '../communities/community-access.js';
import { CommunityDirectory } from '../communities/community-directory.service.js';
import { DIFFICULTIES, SITUATIONS } from '../communities/community-tags.js';
import { truncateGraphemes } from '../content/truncate.js';
import { page, type Page } from '../http/page.js';
import { AllowReplicaLag } from '../http/replica-reads.js';
import { I18n, choiceQuery, textQuery, CurrentViewer } from '../http/request.js';
import { countryOf } from '../http/reader-country.js';
import type { MaybeViewer } from '../http/viewer.js';
import { Config } from '../kernel/config.js';
import type { Translator } from '../i18n/translator.js';
import { Finder, isEmptyQuery, type FinderQuery } from './finder.service.js';
import { finderView } from './finder.view.js';
import { LONGEST_QUERY } from './query-understanding.js';
import { REPLY_NEEDS } from './ranking.js';

/** Suggests communities, with reasons. Needs no account and stores nothing. */
@Controller('find')
export class FinderController {
  constructor(
    private readonly finder: Finder,
    private readonly directory: CommunityDirectory,
    private readonly config: Config,
  ) {}

  @Get()
  @AllowReplicaLag()
  async find(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const languages = await this.directory.languages();
    const query = readQuery(req, languages);
    const result = await this.finder.find(query, {
      viewer,
      country: countryOf(req, this.config),
      locale: i18n.locale,
    });
    const view = finderView(query, result, { languages, isGuest: viewer === null }, i18n);
    return page('finding/find', view, {
      titleKey: 'finding.title',
      helpFirst: view.help !== null,
      indexable: isEmptyQuery(query),
      canonical: '/find',
    });
  }
}

/** Unknown values, such as those of an old link, are ignored. */
function readQuery(req: Request, languages: readonly string[]): FinderQuery {
  const input = (textQuery(req, 'q') ?? '').replaceAll('\u0000', '').toWellFormed().trim();
  const text = truncateGraphemes(input, LONGEST_QUERY);
  const need = choiceQuery(req, 'need', REPLY_NEEDS);
  return {
    text,
    difficulty: choiceQuery(req, 'difficulty', DIFFICULTIES),
    situation: choiceQuery(req, 'situation', SITUATIONS),
    need: need === '' ? null : need,
    language: choiceQuery(req, 'language', languages),
    visibility: choiceQuery(req, 'open', LISTED_VISIBILITIES),
  };
}
