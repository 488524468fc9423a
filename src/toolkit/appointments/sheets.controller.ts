import { Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type FaultyForm, type Submitted } from '../../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import { newToken } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { openWords } from '../items/item-words.js';
import { itemName } from '../items/items.view.js';
import { PrivateArea } from '../core/private-area.js';
import { SHEET_FIELD, type SheetTexts } from './sheet-words.js';
import { sheets } from './sheets.queries.js';
import { Sheets } from './sheets.service.js';
import { sheetView } from './sheets.view.js';
import { toolkitTabs } from '../core/toolkit-tabs.js';
import { FollowUpForm, SheetForm } from '../core/toolkit.dto.js';
import { ratingInWords } from '../core/numbers-in-words.js';

/** Sheets for an appointment. */
@Controller('toolkit/sheets')
@UseInterceptors(PrivateArea)
export class SheetsController {
  constructor(
    private readonly service: Sheets,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  async list(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    const [key, rows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(sheets, { viewerId: viewer.memberId }),
    ]);
    const view = {
      tabs: toolkitTabs(i18n, 'sheets'),
      sheets: rows.map((row) => ({
        href: `/toolkit/sheets/${row.id}`,
        title: titleOf(openWords<SheetTexts>(key, SHEET_FIELD, row.id, row.words), i18n),
        when: i18n.when(row.createdAt),
      })),
    };
    return page('toolkit/sheets', view, { titleKey: 'toolkit.sheet.list' });
  }

  @Get('new')
  fresh(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.form(viewer, i18n);
  }

  @Post()
  async make(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(SheetForm) form: Submitted<SheetForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.form(viewer, i18n, form);
    const { wish, happened, questions, know, items, checkIns } = form.value;
    if (
      [wish, happened, questions, know].every((part) => part === '') &&
      items.length + checkIns.length === 0
    ) {
      return this.form(viewer, i18n, {
        values: form.values,
        faults: [{ field: 'wish', key: 'toolkit.error.sheet-empty' }],
      });
    }
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    return seeOther(
      `/toolkit/sheets/${await this.service.make(viewer, i18n, form.value)}`,
      'toolkit.notice.sheet',
    );
  }

  @Get(':id')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const { row, words: sheet } = await this.service.open(viewer, id);
    const view = {
      id,
      title: titleOf(sheet, i18n),
      when: i18n.date(row.createdAt),
      sheet: sheet === null ? null : sheetView(sheet, i18n),
    };
    return page('toolkit/sheet', view, { titleKey: 'toolkit.sheet.title' });
  }

  @Post(':id/nearer')
  async nearer(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(FollowUpForm) form: Submitted<FollowUpForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.service.answer(viewer, id, form.value.nearer);
    return seeOther(
      form.value.nearer === 'not-yet' ? '/bridge' : '/toolkit',
      form.value.nearer === ''
        ? 'toolkit.notice.kept'
        : `toolkit.notice.nearer-${form.value.nearer}`,
    );
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.service.remove(viewer, id);
    return seeOther('/toolkit/sheets', 'toolkit.notice.sheet-gone');
  }

  private async form(viewer: Viewer, i18n: Translator, faulty?: FaultyForm): Promise<Page> {
    const there = await this.service.choosable(viewer, i18n);
    const form = formView(i18n, faulty);
    const chosen = (name: string): string[] => [form.values[name] ?? []].flat();
    const sent = form.values.idempotencyKey;
    const view = {
      form,
      idempotencyKey: typeof sent === 'string' && sent !== '' ? sent : newToken(12),
      items: there.items.slice(0, 60).map((item) => ({
        value: item.row.id,
        label: itemName(item, i18n),
        checked: chosen('items').includes(item.row.id),
      })),
      checkIns: there.checkIns.map((row) => ({
        value: row.id,
        label: [i18n.date(row.at), row.about ?? '', ratingInWords(row, i18n), row.word]
          .filter((part) => part !== '')
          .join(', '),
        hint: row.note === '' ? undefined : row.note.slice(0, 120),
        checked: chosen('checkIns').includes(row.id),
      })),
      askLater: form.values.askLater !== undefined,
    };
    return formPage('toolkit/sheet-new', view, faulty, {
      titleKey: 'toolkit.sheet.new',
    });
  }
}

function titleOf(sheet: SheetTexts | null, i18n: Translator): string {
  if (sheet === null) return i18n.t('toolkit.unreadable');
  return sheet.title === '' ? i18n.t('toolkit.sheet.title') : sheet.title;
}
