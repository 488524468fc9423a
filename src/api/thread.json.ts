import { mustAcknowledge } from '../communities/community-access.js';
import type { MaybeViewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { authorName } from '../posts/author.js';
import type { AccessibleThread } from '../threads/thread-access.js';
import type { ThreadRow } from '../threads/thread-list.queries.js';
import { mayChooseAlias, namesToChoose, replyObstacle } from '../threads/threads.policy.js';
import type { Fields } from './documented.js';
import type { ThreadItemJson, ThreadJson } from './thread.model.js';

export function threadItemJson(row: ThreadRow, i18n: Translator): Fields<ThreadItemJson> {
  return {
    id: row.id,
    title: row.title,
    author: authorName(row, i18n),
    community: { slug: row.slug, name: row.communityName },
    replyWish: row.replyWish,
    contentWarnings: row.contentWarnings,
    replyCount: row.replyCount,
    pinned: row.pinned,
    locked: row.locked,
    createdAt: row.createdAt.toISOString(),
    lastPostAt: row.lastPostAt.toISOString(),
  };
}

export function threadJson(
  viewer: MaybeViewer,
  thread: AccessibleThread,
  i18n: Translator,
): ThreadJson {
  const obstacle = replyObstacle(viewer, thread);
  return {
    id: thread.id,
    title: thread.title,
    kind: thread.kind,
    replyWish: thread.replyWish,
    guidance: i18n.t(`threads.wish.${thread.replyWish}.guidance`),
    topic: thread.topic,
    community: { slug: thread.slug, name: thread.communityName },
    readers: thread.readers,
    mine: thread.mine,
    locked: thread.lockedAt !== null,
    slowMinutes: thread.slowMinutes,
    lastNumber: thread.lastNumber,
    lastPostAt: thread.lastPostAt.toISOString(),
    saved: thread.saved,
    level: thread.level,
    alias: thread.aliasName,
    mayChooseAlias: viewer !== null && mayChooseAlias(thread),
    names: viewer === null ? [] : namesToChoose(thread),
    mustAcknowledge: viewer !== null && mustAcknowledge(thread),
    hindrance: obstacle === null ? null : i18n.t(`threads.hindrance.${obstacle}`),
  };
}
