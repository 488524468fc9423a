import { Controller, Param, Post } from '@nestjs/common';
import { formView } from '../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { SavedSearches } from './saved-searches.service.js';
import { addressOf, fieldsOf, readSearchOptions } from './search-options.js';
import { SaveSearch } from './search.dto.js';

/** Keeping a search with its filters, to look again another day. */
@Controller('search/saved')
export class SavedSearchesController {
  constructor(private readonly saved: SavedSearches) {}

  @Post()
  async keep(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(SaveSearch) form: Submitted<SaveSearch>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.again(i18n, form);
    const fields = fieldsOf(readSearchOptions(form.values));
    const kept = await refusedField(
      () => this.saved.keep(viewer.memberId, form.value.name, fields),
      form.values,
    );
    return 'form' in kept
      ? this.again(i18n, kept.form)
      : seeOther(addressOf(fields), 'search.notice.saved');
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.saved.drop(viewer.memberId, id);
    return seeOther('/search', 'search.notice.removed');
  }

  private again(i18n: Translator, faulty: FaultyForm): Page {
    const fields = Object.entries(fieldsOf(readSearchOptions(faulty.values))).map(
      ([name, value]) => ({ name, value }),
    );
    return page(
      'search/save',
      { form: formView(i18n, faulty), fields },
      { status: 422, titleKey: 'search.save.title' },
    );
  }
}
