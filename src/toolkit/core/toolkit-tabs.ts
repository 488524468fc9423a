import type { Translator } from '../../i18n/translator.js';

const TABS = [
  ['kit', '/toolkit'],
  ['plan', '/toolkit/plan'],
  ['progress', '/toolkit/progress'],
  ['sheets', '/toolkit/sheets'],
  ['shares', '/toolkit/shares'],
  ['settings', '/toolkit/settings'],
] as const;

export interface Tab {
  href: string;
  label: string;
  current: boolean;
}

/** The navigation of the private pages. */
export function toolkitTabs(i18n: Translator, current: (typeof TABS)[number][0] | null): Tab[] {
  return TABS.map(([name, href]) => ({
    href,
    label: i18n.t(`toolkit.tabs.${name}`),
    current: name === current,
  }));
}
