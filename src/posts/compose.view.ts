import { CONTENT_NOTES, ENDINGS } from '../content/content-notes.js';
import { tickOptions, type TickOption } from '../http/options.js';
import { capital } from '../i18n/capital.js';
import type { Translator } from '../i18n/translator.js';

/**
 * Check boxes for content notes.
 * @param chosen the submitted values
 */
export function noteOptions(i18n: Translator, chosen: string | string[] | undefined): TickOption[] {
  return tickOptions(CONTENT_NOTES, chosen, (value) => capital(i18n.t(`posts.note.${value}`)));
}

/**
 * Radio buttons for how a post ends.
 * @param chosen the submitted value
 */
export function endingOptions(
  i18n: Translator,
  chosen: string | string[] | undefined,
): TickOption[] {
  return tickOptions(ENDINGS, typeof chosen === 'string' ? chosen : '', (value) =>
    i18n.t(`posts.form.ending.${value === '' ? 'unsaid' : value}`),
  );
}

/** Radio buttons from a list of values; the first is checked by default. */
export function choice(
  i18n: Translator,
  name: string,
  values: readonly string[],
  chosen: string | string[] | undefined,
): TickOption[] {
  const picked = typeof chosen === 'string' && values.includes(chosen) ? chosen : values[0];
  return tickOptions(
    values,
    picked,
    (value) => i18n.t(`${name}.${value}.label`),
    (value) => i18n.t(`${name}.${value}.hint`),
  );
}

/** Whether a check box was ticked, by any of the values a form may send. */
export function isTicked(value: string | string[] | undefined): boolean {
  return value === 'on' || value === 'true' || value === '1';
}
