import type { Translator } from '../i18n/translator.js';
import { noticeText } from '../notifications/inbox/notifications.view.js';
import { noticeKind } from '../notifications/preferences/notice-kinds.js';
import { postPath } from '../posts/post-address.js';
import { ITEMS_PER_GROUP, type DigestCounts, type DigestItems } from './digest-content.js';
import type { AnswerRow } from './digest-content.queries.js';

/** The counted kinds, by importance to the recipient. */
const LINES = ['answers', 'mentions', 'followed', 'threads', 'waiting', 'team', 'own'] as const;
const NEEDS = ['listen', 'experiences', 'advice'] as const;

export interface DigestGroup {
  title: string;
  items: { href: string; title: string; text: string | null }[];
}

/** One sentence per kind with its count; emails list items only if the recipient chose it. */
export function digestLines(counts: DigestCounts, i18n: Translator): string[] {
  const lines = LINES.filter((line) => counts[line] > 0).map((line) =>
    i18n.t(`mail.digest.${line}`, { count: counts[line] }),
  );
  return counts.idea ? [...lines, i18n.t('mail.digest.try')] : lines;
}

/**
 * The listed items: replies, then new threads by reply wish, then threads without replies, then one
 * coping strategy.
 * @param base prefix of links: the site's URL in an email, empty on a page
 */
export function digestGroups(items: DigestItems, base: string, i18n: Translator): DigestGroup[] {
  const answered = new Set(items.answers.map(({ threadId }) => threadId));
  const threads = items.threads.filter(({ threadId }) => !answered.has(threadId));
  const fresh = new Map(
    NEEDS.map((need) => [
      need,
      threads.filter((each) => each.fresh && each.replyWish === need).slice(0, ITEMS_PER_GROUP),
    ]),
  );
  const shown = new Set([...fresh.values()].flat());
  // The oldest thread comes first; no thread is listed twice.
  const waiting = threads
    .filter((each) => each.waits && !shown.has(each))
    .reverse()
    .slice(0, ITEMS_PER_GROUP);
  const groups: DigestGroup[] = [
    {
      title: i18n.t('digests.group.answers'),
      items: [...byThread(items.answers).values()].map((rows) => answer(rows, base, i18n)),
    },
    ...NEEDS.map((need) => ({
      title: i18n.t(`digests.group.${need}`),
      items: (fresh.get(need) ?? []).map((each) => thread(each, base, i18n)),
    })),
    {
      title: i18n.t('digests.group.waiting'),
      items: waiting.map((each) => thread(each, base, i18n)),
    },
    {
      title: i18n.t('digests.group.idea'),
      items:
        items.idea === null
          ? []
          : [
              {
                href: `${base}/strategies/${items.idea.slug}`,
                title: items.idea.name,
                text: items.idea.summary,
              },
            ],
    },
  ];
  return groups.filter((group) => group.items.length > 0);
}

/** Groups by thread and section: several new posts of one thread become one item. */
function byThread(answers: readonly AnswerRow[]): Map<string, AnswerRow[]> {
  return Map.groupBy(answers, ({ threadId, kind }) => `${threadId} ${noticeKind(kind).section}`);
}

/** @param rows posts of one thread, newest first */
function answer(
  rows: readonly AnswerRow[],
  base: string,
  i18n: Translator,
): DigestGroup['items'][number] {
  const [newest, ...older] = rows as [AnswerRow, ...AnswerRow[]];
  const first = older.at(-1) ?? newest;
  return {
    href: `${base}${postPath(first.threadId, first.number)}`,
    title: titled(newest, i18n),
    text: noticeText({ ...newest, count: rows.length }, i18n),
  };
}

function thread(
  each: DigestItems['threads'][number],
  base: string,
  i18n: Translator,
): DigestGroup['items'][number] {
  return { href: `${base}/t/${each.threadId}`, title: titled(each, i18n), text: each.community };
}

// A thread with content notes is listed by the notes' subjects instead of its title.
function titled(row: { title: string; contentWarnings: string[] }, i18n: Translator): string {
  if (row.contentWarnings.length === 0)
    return row.title === '' ? i18n.t('digests.untitled') : row.title;
  return i18n.t('digests.noted', {
    notes: i18n.list(row.contentWarnings.map((note) => i18n.t(`posts.note.${note}`))),
  });
}
