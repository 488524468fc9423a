import type { Translator } from '../i18n/translator.js';
import { authorView } from '../posts/author.js';
import { postPath } from '../posts/post-address.js';
import { ITEMS_PER_GROUP, type DigestCounts, type DigestItems } from './digest-content.js';

/** The kinds that are counted, in the order in which they matter to the reader. */
const LINES = ['answers', 'followed', 'threads', 'waiting', 'team', 'own'] as const;
const NEEDS = ['listen', 'experiences', 'advice'] as const;

export interface DigestGroup {
  title: string;
  items: { href: string; title: string; text: string | null }[];
}

/** One sentence for each kind with its number: all that a mail says unless its reader chose more. */
export function digestLines(counts: DigestCounts, i18n: Translator): string[] {
  const lines = LINES.filter((line) => counts[line] > 0).map((line) =>
    i18n.t(`mail.digest.${line}`, { count: counts[line] }),
  );
  return counts.idea ? [...lines, i18n.t('mail.digest.try')] : lines;
}

/**
 * The things themselves: answers first, then new threads by what their writers need, then threads
 * without an answer, then one coping strategy.
 * @param base where links begin: the site's address in a mail, nothing on a page
 */
export function digestGroups(items: DigestItems, base: string, i18n: Translator): DigestGroup[] {
  const fresh = new Map(
    NEEDS.map((need) => [
      need,
      items.threads
        .filter((each) => each.fresh && each.replyWish === need)
        .slice(0, ITEMS_PER_GROUP),
    ]),
  );
  const shown = new Set([...fresh.values()].flat());
  // The oldest thread comes first; none is shown twice.
  const waiting = items.threads
    .filter((each) => each.waits && !shown.has(each))
    .reverse()
    .slice(0, ITEMS_PER_GROUP);
  const groups: DigestGroup[] = [
    {
      title: i18n.t('digests.group.answers'),
      items: items.answers.map((row) => ({
        href: `${base}${postPath(row.threadId, row.number)}`,
        title: titled(row, i18n),
        text: i18n.t(`notifications.kind.${row.kind}`, { name: authorView(row, i18n).name }),
      })),
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

function thread(
  each: DigestItems['threads'][number],
  base: string,
  i18n: Translator,
): DigestGroup['items'][number] {
  return { href: `${base}/t/${each.threadId}`, title: titled(each, i18n), text: each.community };
}

// A title under a content note is shown where a reader opened the thread, not in a mail.
function titled(row: { title: string; contentWarnings: string[] }, i18n: Translator): string {
  if (row.contentWarnings.length === 0)
    return row.title === '' ? i18n.t('digests.untitled') : row.title;
  return i18n.t('digests.noted', {
    notes: i18n.list(row.contentWarnings.map((note) => i18n.t(`posts.note.${note}`))),
  });
}
