import { formView, type FormView } from '../http/form-page.js';
import type { InvalidForm } from '../http/form.js';
import type { HiddenField } from '../http/form-values.js';
import type { Translator } from '../i18n/translator.js';
import { readSearchOptions } from './search-options.js';
import { searchFields } from './search.view.js';

/** The form for saving a search, shown again with validation errors. */
export interface SaveSearchView {
  form: FormView;
  /** The search, as hidden fields. */
  fields: HiddenField[];
}

export function saveSearchView(faulty: InvalidForm, i18n: Translator): SaveSearchView {
  return {
    form: formView(i18n, faulty),
    fields: searchFields(readSearchOptions(faulty.values)),
  };
}
