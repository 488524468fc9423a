import { CONTENT_NOTES } from '../content/content-notes.js';
import type { Translator } from '../i18n/translator.js';

export interface Option {
  value: string;
  label: string;
  hint?: string;
  checked: boolean;
}

/** Check boxes for content notes. @param chosen the submitted values */
export function noteOptions(i18n: Translator, chosen: string | string[] | undefined): Option[] {
  const picked = Array.isArray(chosen) ? chosen : [chosen];
  return CONTENT_NOTES.map((value) => ({
    value,
    label: i18n.t(`posts.note.${value}`),
    checked: picked.includes(value),
  }));
}

/** Radio buttons from a list of values; the first is checked by default. */
export function choice(
  i18n: Translator,
  name: string,
  values: readonly string[],
  chosen: string | string[] | undefined,
): Option[] {
  const picked = typeof chosen === 'string' && values.includes(chosen) ? chosen : values[0];
  return values.map((value) => ({
    value,
    label: i18n.t(`${name}.${value}.label`),
    hint: i18n.t(`${name}.${value}.hint`),
    checked: value === picked,
  }));
}

/** Whether a check box was ticked, by any of the values a form may send. */
export function ticked(value: string | string[] | undefined): boolean {
  return value === 'on' || value === 'true' || value === '1';
}
