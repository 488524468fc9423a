import { Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { formView } from '../http/errors-in-form.js';
import { Form, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AppError } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import { Messages } from '../kernel/messages.js';
import { Sql } from '../kernel/sql.js';
import { Vault } from '../kernel/vault.js';
import type { Words } from '../kernel/words.js';
import { openWords } from './item-words.js';
import { itemName } from './items.view.js';
import { PrivateArea } from './private-area.js';
import { SHEET_FIELD, type SheetWords } from './sheet-words.js';
import { sheets } from './sheets.queries.js';
import { Sheets } from './sheets.service.js';
import { sheetView } from './sheets.view.js';
import { saidInNumbers } from './take-out.view.js';
import { toolkitTabs } from './toolkit-tabs.js';
import { NearerForm, SheetForm } from './toolkit.dto.js';

/** Sheets for an appointment. */
@Controller('toolkit/sheets')
@UseInterceptors(PrivateArea)
export class SheetsController {
  constructor(
    private readonly service: Sheets,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly limits: RateLimits,
    private readonly messages: Messages,
  ) {}

  @Get()
  async list(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    const [key, rows] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(sheets, [viewer.memberId]),
    ]);
    const view = {
      tabs: toolkitTabs(words, 'sheets'),
      sheets: rows.map((row) => ({
        href: `/toolkit/sheets/${row.id}`,
        title: titleOf(openWords<SheetWords>(key, SHEET_FIELD, row.id, row.words), words),
        when: words.when(row.createdAt),
      })),
    };
    return page('toolkit/sheets', view, { titleKey: 'toolkit.sheet.list' });
  }

  @Get('new')
  fresh(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    return this.form(viewer, words);
  }

  @Post()
  async make(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(SheetForm) form: Submitted<SheetForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.form(viewer, words, form);
    const { wish, happened, questions, know, items, checkIns } = form.value;
    if (
      [wish, happened, questions, know].every((part) => part === '') &&
      items.length + checkIns.length === 0
    ) {
      return this.form(viewer, words, {
        values: form.values,
        faults: [{ field: 'wish', key: 'toolkit.error.sheet-empty' }],
      });
    }
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    return seeOther(
      `/toolkit/sheets/${await this.service.make(viewer, words, form.value)}`,
      'toolkit.notice.sheet',
    );
  }

  @Get(':id')
  async show(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    const { row, words: sheet } = await this.service.open(viewer, id);
    const view = {
      id,
      title: titleOf(sheet, words),
      when: words.date(row.createdAt),
      sheet: sheet === null ? null : sheetView(sheet, words),
    };
    return page('toolkit/sheet', view, { titleKey: 'toolkit.sheet.title' });
  }

  @Post(':id/nearer')
  async nearer(
    @Member() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(NearerForm) form: Submitted<NearerForm>,
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
  async remove(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    await this.service.remove(viewer, id);
    return seeOther('/toolkit/sheets', 'toolkit.notice.sheet-gone');
  }

  private async form(viewer: Viewer, words: Words, faulty?: FaultyForm): Promise<Page> {
    const there = await this.service.choosable(viewer, words);
    const form = formView(this.messages, words.locale, faulty);
    const chosen = (name: string): string[] => [form.values[name] ?? []].flat();
    const sent = form.values.idempotencyKey;
    const view = {
      form,
      idempotencyKey: typeof sent === 'string' && sent !== '' ? sent : newToken(12),
      items: there.items.slice(0, 60).map((item) => ({
        value: item.row.id,
        label: itemName(item, words),
        checked: chosen('items').includes(item.row.id),
      })),
      checkIns: there.checkIns.map((row) => ({
        value: row.id,
        label: [words.date(row.at), row.about ?? '', saidInNumbers(row, words), row.word]
          .filter((part) => part !== '')
          .join(', '),
        hint: row.note === '' ? undefined : row.note.slice(0, 120),
        checked: chosen('checkIns').includes(row.id),
      })),
      askLater: form.values.askLater !== undefined,
    };
    return page('toolkit/sheet-new', view, {
      status: faulty === undefined ? 200 : 422,
      titleKey: 'toolkit.sheet.new',
    });
  }
}

function titleOf(sheet: SheetWords | null, words: Words): string {
  if (sheet === null) return words.t('toolkit.unreadable');
  return sheet.title === '' ? words.t('toolkit.sheet.title') : sheet.title;
}
