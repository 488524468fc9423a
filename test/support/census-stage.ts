import type { Factory } from './factory.js';
import { privateId } from './private-rows.js';

/** The kinds of visitors, in the order of the columns of the access table. */
export const PEOPLE = ['guest', 'member', 'author', 'elsewhere', 'moderator', 'admin'] as const;
export type Person = (typeof PEOPLE)[number];

export function handleOf(person: Person): string {
  return person === 'elsewhere' ? 'elsewhere-mod' : `${person}-person`;
}

/** Creates the people who are the same for every route. */
export async function censusPeople(make: Factory): Promise<void> {
  await make.member('admin-person', { role: 'admin' });
  await make.community({ slug: 'other-place', visibility: 'members' });
  await make.join('elsewhere-mod', 'other-place', 'moderator');
  await make.member('member-person');
}

/**
 * Creates a community with people, threads and posts. Separate for each visitor, as some rows
 * modify it.
 */
export async function stageFor(
  make: Factory,
  row: string,
  visibility: 'members' | 'public',
): Promise<Record<string, string>> {
  const slug = await make.community({ visibility });
  await make.join('author-person', slug);
  await make.join('moderator-person', slug, 'moderator');
  const thread = await make.thread({ community: slug, author: 'author-person' });
  // Blocking a post blocks the alias under which it was written.
  const post = await make.reply({
    thread,
    author: 'author-person',
    ...(/block$/.test(row) ? { alias: 'quiet-lamp' } : {}),
  });
  const strategy =
    row.includes('/strategies') || row.includes('/toolkit')
      ? await make.strategy({ author: 'author-person' })
      : slug;
  const id = row.includes('/folders/:id')
    ? await make.folder({ community: slug, threads: [thread] })
    : row.includes('/t/')
      ? thread
      : row.includes('/posts/')
        ? row.endsWith('/delete-title')
          ? // Only an opening post has a title.
            await make.post.opening(thread)
          : post
        : row.includes('/mod/cases/')
          ? await make.case({ post })
          : row.includes('/decisions/')
            ? await make.decision({ case: await make.case({ post }) })
            : row.includes('/notifications/')
              ? await make.notice('author-person', post)
              : await privateId(make, 'author-person', row, strategy);
  return {
    tag: 'anxiety',
    slug: /\/(strategies|use)\/:slug/.test(row) ? strategy : slug,
    strategy,
    id,
    handle: 'author-person',
    token: 'x'.repeat(43),
    kind: 'check-in',
    change: 'pause',
    answer: 'accept',
    number: 'ABCDEFGH',
    days: '7',
    queue: 'bulk',
    preview: 'notice',
    group: 'threads',
    record: '999999',
  };
}
