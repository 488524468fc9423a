import { Controller, Param, Post } from '@nestjs/common';
import { formPage } from '../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { SavedSearches } from './saved-searches.service.js';
import { saveSearchView } from './saved-searches.view.js';
import { searchPath, fieldsOf, readSearchOptions } from './search-options.js';
import { SaveSearch } from './search.dto.js';

/** Saving a search with its filters, and deleting it. */
@Controller('search/saved')
export class SavedSearchesController {
  constructor(private readonly saved: SavedSearches) {}

  @Post()
  async keep(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(SaveSearch) form: Submitted<SaveSearch>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.showAgain(i18n, form);
    const fields = fieldsOf(readSearchOptions(form.values));
    const saved = await catchFieldError(
      () => this.saved.keep(viewer.memberId, form.value.name, fields),
      form.values,
    );
    return 'form' in saved
      ? this.showAgain(i18n, saved.form)
      : seeOther(searchPath(fields), 'search.notice.saved');
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.saved.drop(viewer.memberId, id);
    return seeOther('/search', 'search.notice.removed');
  }

  private showAgain(i18n: Translator, faulty: InvalidForm): Page {
    return formPage('search/save', saveSearchView(faulty, i18n), faulty, {
      titleKey: 'search.save.title',
    });
  }
}
