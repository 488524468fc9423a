import type { Messages } from '../i18n/messages.js';
import type { FaultyForm, Values } from './form.js';
import { formView as viewOf, type FormView } from './form-page.js';

export type { FormView };

/** As `formView` of form-page.ts, for code that has a locale and no translator. */
export function formView(
  messages: Messages,
  locale: string,
  faulty?: FaultyForm,
  stored: Values = {},
): FormView {
  return viewOf({ t: (key, params) => messages.text(locale, key, params) }, faulty, stored);
}
