import { Controller, Get, Param, Post } from '@nestjs/common';
import { HelplineStore } from '../helplines/helpline-store.js';
import type { HelplineRow } from '../helplines/helpline-rows.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { Admin } from '../http/guards.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Clock } from '../kernel/clock.js';
import { Config } from '../kernel/config.js';
import { Conflict } from '../kernel/errors.js';
import { HelplineForm } from './helplines.dto.js';
import { HelplineEditing } from './helplines.service.js';
import {
  helplineEditView,
  helplineListView,
  helplineValues,
  savedMeanwhile,
} from './helplines.view.js';

const TITLE = { titleKey: 'administration.helplines.title' };

/** The helplines with the source and date of their last check. */
@Admin()
@Controller('admin/helplines')
export class HelplinesController {
  constructor(
    private readonly store: HelplineStore,
    private readonly editing: HelplineEditing,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  @Get()
  async list(@I18n() i18n: Translator): Promise<Page> {
    const rows = await this.store.all();
    const view = helplineListView(rows, i18n, this.clock.now());
    return page('administration/helplines', view, TITLE);
  }

  @Get('new')
  blank(@I18n() i18n: Translator): Page {
    return this.form(i18n, null);
  }

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(HelplineForm) form: Submitted<HelplineForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.form(i18n, null, form);
    const result = await catchFieldError(() => this.editing.add(viewer, form.value), form.values);
    if ('form' in result) return this.form(i18n, null, result.form);
    return seeOther('/admin/helplines', 'administration.notice.saved');
  }

  @Get(':key')
  async one(@I18n() i18n: Translator, @Param('key') key: string): Promise<Page> {
    return this.form(i18n, await this.editing.load(key));
  }

  /** @returns 409 with the submitted values if another version was saved in the meantime */
  @Post(':key')
  async change(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('key') key: string,
    @Form(HelplineForm) form: Submitted<HelplineForm>,
  ): Promise<Page | SeeOther> {
    const line = await this.editing.load(key);
    if (!form.valid) return this.form(i18n, line, form);
    try {
      const result = await catchFieldError(
        () => this.editing.change(viewer, line.row, form.value),
        form.values,
      );
      if ('form' in result) return this.form(i18n, line, result.form);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      const saved = await this.editing.load(key);
      const values = { ...form.values, version: String(saved.version) };
      const faults = [{ field: 'name', key: error.key }];
      return this.form(i18n, saved, { faults, values }, 'conflict');
    }
    return seeOther('/admin/helplines', 'administration.notice.saved');
  }

  /** @param line null for a new one */
  private form(
    i18n: Translator,
    line: { row: HelplineRow; version: number } | null,
    faulty?: InvalidForm,
    conflict?: 'conflict',
  ): Page {
    const stored =
      line === null
        ? { country: this.config.DEFAULT_COUNTRY, shown: 'on', version: '0' }
        : helplineValues(line.row, line.version);
    const saved =
      conflict === undefined || line === null || faulty === undefined
        ? []
        : savedMeanwhile(line.row, faulty.values, i18n);
    const view = helplineEditView(line?.row ?? null, formView(i18n, faulty, stored), i18n, saved);
    const options = conflict === undefined ? TITLE : { ...TITLE, status: 409 };
    return formPage('administration/helpline', view, faulty, options);
  }
}
