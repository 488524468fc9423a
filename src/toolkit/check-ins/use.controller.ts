import { Controller, Get, Param, Post, Req, UseInterceptors } from '@nestjs/common';
import type { Request } from 'express';
import { Form, type FaultyForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember, textQuery, CurrentViewer } from '../../http/request.js';
import type { MaybeViewer, Viewer } from '../../http/viewer.js';
import { NotFound } from '../../kernel/errors.js';
import { newToken } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { CheckIns } from './check-ins.service.js';
import { ITEM_FIELD, openWords, type ItemTexts } from '../items/item-words.js';
import { usable } from '../items/items.queries.js';
import { itemName, stepsOf } from '../items/items.view.js';
import { PrivateArea } from '../core/private-area.js';
import { PrivateLock } from '../core/private-lock.service.js';
import { CheckInForm } from '../core/toolkit.dto.js';
import { ToolkitItems } from '../items/toolkit-items.service.js';
import { usePage, type Used } from './use.view.js';

/**
 * One step at a time, each a page of its own. For whoever is here, saved or not; own steps where
 * there are some.
 */
@Controller()
export class UseController {
  constructor(
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly lock: PrivateLock,
    private readonly items: ToolkitItems,
    private readonly checkIns: CheckIns,
    private readonly limits: RateLimits,
  ) {}

  @Get('toolkit/use/:slug')
  async use(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<Page> {
    return usePage(
      await this.strategy(viewer, slug.slice(0, 80), textQuery(req, 'original') === '1'),
      stepIn(req),
      i18n,
      viewer !== null,
    );
  }

  @Get('toolkit/items/:id/use')
  @UseInterceptors(PrivateArea)
  async useOwn(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    return usePage(await this.own(viewer, i18n, id), stepIn(req), i18n, true);
  }

  @Post('strategies/:slug/check-ins')
  async noteStrategy(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Form(CheckInForm) form: Submitted<CheckInForm>,
  ): Promise<Page | SeeOther> {
    const used = await this.strategy(viewer, slug.slice(0, 80), false);
    return this.note(viewer, i18n, used, form);
  }

  @Post('toolkit/items/:id/check-ins')
  @UseInterceptors(PrivateArea)
  async noteOwn(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(CheckInForm) form: Submitted<CheckInForm>,
  ): Promise<Page | SeeOther> {
    return this.note(viewer, i18n, await this.own(viewer, i18n, id), form);
  }

  private async note(
    viewer: Viewer,
    i18n: Translator,
    used: Used,
    form: Submitted<CheckInForm>,
  ): Promise<Page | SeeOther> {
    const faulty = (key: string): FaultyForm => ({
      values: form.values,
      faults: [{ field: 'before', key }],
    });
    if (!form.valid) return usePage(used, 'end', i18n, true, form);
    const { value } = form;
    if (value.before === undefined && value.after === undefined && value.note === '')
      return usePage(used, 'end', i18n, true, faulty('toolkit.error.nothing'));
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    await this.checkIns.ofUse(viewer, { strategyId: used.strategyId, itemId: used.itemId }, value);
    return seeOther(
      used.itemId === null ? `/strategies/${used.slug ?? ''}` : '/toolkit',
      'toolkit.notice.checked',
    );
  }

  private async own(viewer: Viewer, i18n: Translator, id: string): Promise<Used> {
    const item = await this.items.open(viewer, id);
    const steps = stepsOf(item);
    if (steps.length === 0) throw new NotFound('toolkit.error.no-steps');
    return {
      path: `/toolkit/items/${id}/use`,
      action: `/toolkit/items/${id}/check-ins`,
      idempotencyKey: newToken(12),
      strategyId: item.row.strategyId,
      itemId: id,
      slug: item.row.slug,
      name: itemName(item, i18n),
      summary: '',
      note: item.words.note,
      minutes: item.row.minutes,
      steps,
      adapted: false,
      credit: item.row.credit,
      original: null,
    };
  }

  private async strategy(viewer: MaybeViewer, slug: string, original: boolean): Promise<Used> {
    const found = await this.sql.first(usable, { slug, memberId: viewer?.memberId ?? null });
    if (found === null) throw new NotFound();
    const own = await this.ownWords(viewer, found.itemId, found.words);
    const adapted = own !== null && own.steps.length > 0;
    return {
      path: `/toolkit/use/${slug}`,
      action: `/strategies/${slug}/check-ins`,
      idempotencyKey: newToken(12),
      strategyId: found.strategyId,
      itemId: found.itemId,
      slug,
      name: own !== null && own.name !== '' && !original ? own.name : found.name,
      summary: found.summary,
      note: own?.note ?? '',
      minutes: found.minutes,
      steps: adapted && !original ? own.steps : found.steps,
      adapted: adapted && !original,
      credit: found.credit,
      original: adapted ? original : null,
    };
  }

  /**
   * Behind the private lock the library's words are still there to use; one's own are not shown.
   */
  private async ownWords(
    viewer: MaybeViewer,
    itemId: string | null,
    sealed: Buffer | null,
  ): Promise<ItemTexts | null> {
    if (viewer === null || itemId === null || sealed === null || (await this.lock.isLocked(viewer)))
      return null;
    const words = openWords<Partial<ItemTexts>>(
      await this.vault.of(viewer.memberId),
      ITEM_FIELD,
      itemId,
      sealed,
    );
    return words === null
      ? null
      : { name: words.name ?? '', note: words.note ?? '', steps: words.steps ?? [] };
  }
}

/** 0 is the way in. */
function stepIn(req: Request): number | 'end' {
  const text = textQuery(req, 'step') ?? '0';
  if (text === 'end') return 'end';
  if (!/^\d{1,2}$/.test(text)) throw new NotFound();
  return Number(text);
}
