import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';

const LEVELS = ['', ...Array.from({ length: 11 }, (_, level) => String(level))];
const NAMED = ['0', '5', '10'];

/** 0 to 10, with words at both ends and in the middle; the first option is "prefer not to say". */
export function scaleOptions(i18n: Translator, chosen: string): SelectOption[] {
  return selectOptions(LEVELS, chosen, (level) => {
    if (level === '') return i18n.t('toolkit.scale.none');
    return NAMED.includes(level) ? i18n.t(`toolkit.scale.${level}`) : level;
  });
}
