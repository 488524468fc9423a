import type { Messages } from '../i18n/messages.js';
import type { FaultyForm, Values } from './form.js';

export interface FormView {
  values: Values;
  errors: { field: string; message: string }[];
  error: Record<string, string>;
}

/** A form as templates take it: values as typed, faults as words. */
export function formView(
  messages: Messages,
  locale: string,
  form?: FaultyForm,
  defaults: Values = {},
): FormView {
  const errors = (form?.faults ?? []).map((fault) => ({
    field: fault.field,
    message: messages.text(locale, fault.key, fault.params),
  }));
  return {
    values: { ...defaults, ...(form?.values ?? {}) },
    errors,
    error: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
  };
}
