import type { Translator } from '../i18n/translator.js';
import type { FaultyForm, Values } from './form.js';
import { page, type Page, type PageOptions } from './page.js';

/** A form as templates take it: values as they were typed, faults as messages. */
export interface FormView {
  values: Values;
  errors: { field: string; message: string }[];
  error: Record<string, string>;
}

/**
 * A form that came back with faults holds what was sent and nothing else: a browser sends no field
 * for an unticked box, so that a stored value under it would tick the box again.
 * @param stored what the fields hold before anybody typed
 */
export function formView(
  i18n: Pick<Translator, 't'>,
  faulty?: FaultyForm,
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

/** A page with a form: 422 where the form came back with faults, unless the options say more. */
export function formPage<View extends { form: FormView | null }>(
  template: string,
  view: View,
  faulty: FaultyForm | undefined,
  options: PageOptions = {},
): Page {
  return page(template, view, { status: faulty === undefined ? 200 : 422, ...options });
}
