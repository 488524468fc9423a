import { Body, Controller, Post } from '@nestjs/common';
import { withoutQuotes } from '../../content/markdown.js';
import { NotFound } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { submittedValues } from '../../http/form.js';
import { page, type Page } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { isDraftPlace } from '../../posts/drafts.service.js';
import { PostStrategiesReader } from './post-strategies.service.js';
import { draftSuggestionsView } from './post-strategies.view.js';

/**
 * Suggests strategies for a draft, through a button of its form. The page passes the draft on in
 * hidden fields and stores none of it, so it works without JavaScript.
 */
@Controller('strategies/for')
export class SuggestWhileWritingController {
  constructor(
    private readonly reader: PostStrategiesReader,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Body() body: unknown,
  ): Promise<Page> {
    const values = submittedValues(body);
    const place = values.place;
    if (!isDraftPlace(place) || place.startsWith('/posts/')) throw new NotFound();
    await this.limits.count('strategies-for', viewer.memberId, 60, 600);
    const text = withoutQuotes(
      [values.title, values.body].filter((part) => typeof part === 'string').join('\n'),
    );
    const rows = await this.reader.suggestedFor(viewer, text, i18n.locale);
    const view = draftSuggestionsView(rows, place, values, i18n);
    return page('strategies/for', view, { titleKey: 'strategies.for.title' });
  }
}
