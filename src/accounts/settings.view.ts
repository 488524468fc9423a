import type { Words } from '../kernel/words.js';

const PAGES = ['profile', 'reading', 'notifications', 'privacy', 'security', 'data'] as const;

/** The pages of the settings, as tabs. */
export function settingsTabs(
  words: Words,
  current: (typeof PAGES)[number],
): { href: string; label: string; current: boolean }[] {
  return PAGES.map((name) => ({
    href: `/settings/${name}`,
    label: words.t(`accounts.tabs.${name}`),
    current: name === current,
  }));
}
