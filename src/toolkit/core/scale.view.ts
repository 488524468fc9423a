import type { Translator } from '../../i18n/translator.js';

export interface ScaleOption {
  value: string;
  label: string;
  selected: boolean;
}

/** 0 to 10 with words at both ends; the first choice is not to say. */
export function scaleOptions(i18n: Translator, chosen: string): ScaleOption[] {
  const said = (value: number): string =>
    value === 0 || value === 5 || value === 10 ? i18n.t(`toolkit.scale.${value}`) : String(value);
  return [
    { value: '', label: i18n.t('toolkit.scale.none'), selected: chosen === '' },
    ...Array.from({ length: 11 }, (_, value) => ({
      value: String(value),
      label: said(value),
      selected: chosen === String(value),
    })),
  ];
}
