import type { Translator } from '../i18n/translator.js';
import type { Frequency } from '../notifications/preferences/mail-choices.js';
import { MAIL_KINDS, type MailKind } from '../notifications/preferences/notice-kinds.js';
import { hasNews, type DigestCounts, type DigestItems } from './digest-content.js';
import type { DigestWindow } from './digest-windows.js';
import { digestGroups, digestLines, type DigestGroup } from './digest.view.js';

export interface DigestPageFacts {
  readonly window: DigestWindow;
  readonly counts: DigestCounts | null;
  readonly items: DigestItems | null;
  /** The member's general choices, which explain why the content is included. */
  readonly everywhere: Record<MailKind, Frequency>;
  readonly preview: boolean;
  /** When the next digest is sent; null if none is scheduled, and for a past digest. */
  readonly nextAt: Date | null;
}

export interface DigestPageView {
  preview: boolean;
  next: string | null;
  lines: string[];
  /** Whether an email would be sent; it is not without news. */
  news: boolean;
  groups: DigestGroup[];
  from: string;
  until: string;
  /** Each kind of email with its frequency. */
  reasons: string[];
}

export function digestPageView(facts: DigestPageFacts, i18n: Translator): DigestPageView {
  const { window, counts, items, everywhere } = facts;
  const since = [window.dailySince, window.weeklySince].flatMap((each) =>
    each === null ? [] : [each.getTime()],
  );
  return {
    preview: facts.preview,
    next: facts.nextAt === null ? null : i18n.exactly(facts.nextAt),
    lines: counts === null ? [] : digestLines(counts, i18n),
    news: counts !== null && hasNews(counts),
    groups: items === null ? [] : digestGroups(items, '', i18n),
    from: i18n.exactly(new Date(Math.min(...since))),
    until: i18n.exactly(window.until),
    reasons: MAIL_KINDS.map((kind) => {
      const frequency = i18n.t(`notifications.frequency.${everywhere[kind]}`);
      return `${i18n.t(`notifications.mail.${kind}`)}: ${frequency}`;
    }),
  };
}
