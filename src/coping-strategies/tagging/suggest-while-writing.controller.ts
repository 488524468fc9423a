import { Body, Controller, Post } from '@nestjs/common';
import { withoutQuotes } from '../../content/markdown.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { valuesOf, type Values } from '../../http/form.js';
import { page, type Page } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { isDraftPlace } from '../../posts/drafts.service.js';
import { detectNeeds } from './need-detection.js';
import { strategyCard } from '../core/strategies.view.js';
import { suggestedFor } from './suggestions.queries.js';

/** Fields that the page shows itself, or that belong to the page before. */
const SHOWN = ['body', 'strategies', '_csrf'];

/**
 * Suggestions while writing, by a button of the form that is being written: the words come along,
 * are kept nowhere, and go on to where they were going. Works without script.
 */
@Controller('strategies/for')
export class SuggestWhileWritingController {
  constructor(
    private readonly sql: Sql,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Body() body: unknown,
  ): Promise<Page> {
    const values = valuesOf(body);
    const place = values.place;
    if (!isDraftPlace(place) || place.startsWith('/posts/')) throw new NotFound();
    await this.limits.count('strategies-for', viewer.memberId, 60, 600);
    const text = withoutQuotes(
      [values.title, values.body].filter((part) => typeof part === 'string').join('\n'),
    ).slice(0, 8_000);
    const rows = await this.sql.rows(suggestedFor, {
      viewerId: viewer.memberId,
      needs: detectNeeds(text),
      text,
      language: i18n.locale,
    });
    const chosen = [values.strategies ?? []].flat();
    const reply = place.endsWith('/replies');
    const view = {
      action: place,
      reply,
      body: values.body ?? '',
      hidden: hiddenFields(values),
      strategies: rows.map((row) => ({
        ...strategyCard(row, i18n),
        checked: chosen.includes(row.slug),
      })),
      back: reply ? place.replace(/\/replies$/, '') : place.replace(/\/threads$/, '/new'),
    };
    return page('strategies/for', view, { titleKey: 'strategies.for.title' });
  }
}

function hiddenFields(values: Values): { name: string; value: string }[] {
  return Object.entries(values)
    .filter(([name]) => !SHOWN.includes(name))
    .flatMap(([name, value]) => [value].flat().map((each) => ({ name, value: each })));
}
