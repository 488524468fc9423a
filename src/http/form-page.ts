import type { Translator } from '../i18n/translator.js';
import type { InvalidForm, Values } from './form.js';
import { page, type Page, type PageOptions } from './page.js';

/** A form as templates render it: values as typed, errors as messages. */
export interface FormView {
  values: Values;
  errors: { field: string; message: string }[];
  error: Record<string, string>;
}

/**
 * Builds the view of a form. After validation errors it contains only the submitted values:
 * browsers send no field for an unticked box, so falling back to a stored value would tick the box
 * again.
 * @param stored values of the fields before anybody typed
 */
export function formView(
  i18n: Pick<Translator, 't'>,
  faulty?: InvalidForm,
  stored: Values = {},
): FormView {
  const errors = (faulty?.faults ?? []).map(({ field, key, params }) => ({
    field,
    message: i18n.t(key, params),
  }));
  return {
    values: faulty?.values ?? stored,
    errors,
    error: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
  };
}

/**
 * A page with a form. The status is 422 after validation errors, unless the options override it.
 */
export function formPage<View extends { form: FormView | null }>(
  template: string,
  view: View,
  faulty: InvalidForm | undefined,
  options: PageOptions = {},
): Page {
  return page(template, view, { status: faulty === undefined ? 200 : 422, ...options });
}
