import type { Translator } from '../i18n/translator.js';

const PAGES = ['profile', 'reading', 'notifications', 'privacy', 'security', 'data'] as const;

export interface SettingsTab {
  href: string;
  label: string;
  current: boolean;
}

/** The settings pages, as tabs. */
export function settingsTabs(i18n: Translator, current: (typeof PAGES)[number]): SettingsTab[] {
  return PAGES.map((name) => ({
    href: `/settings/${name}`,
    label: i18n.t(`accounts.tabs.${name}`),
    current: name === current,
  }));
}
