import { statement } from '../kernel/sql.js';
import {
  listedFor,
  THREAD_COLUMNS,
  THREAD_JOINS,
  type ThreadRow,
} from '../threads/thread-list.queries.js';

export interface FolderRow {
  id: string;
  name: string;
  summary: string;
}

export const foldersOf = statement<{ communityId: string }, FolderRow>(
  'folders.of-community',
  `
    select id, name, summary
    from thread_folders
    where community_id = :communityId
    order by lower(name), id
    limit 100
  `,
);

export const folderById = statement<{ communityId: string; id: string }, FolderRow>(
  'folders.by-id',
  `
    select id, name, summary
    from thread_folders
    where community_id = :communityId and id = :id
  `,
);

/**
 * A folder's threads that the viewer may list, most recently added first. Threads that have since
 * moved to another community are left out.
 */
export const threadsInFolder = statement<
  { communityId: string; folderId: string; viewerId: string | null; limit: number },
  ThreadRow
>(
  'folders.threads',
  `
    select ${THREAD_COLUMNS}
    from folder_threads f
    join threads t on t.id = f.thread_id
    ${THREAD_JOINS}
    where f.folder_id = :folderId
      and t.community_id = :communityId
      and ${listedFor(':viewerId')}
    order by f.added_at desc, t.id desc
    limit :limit
  `,
);

export interface FolderChoiceRow extends FolderRow {
  chosen: boolean;
}

/** The folders of a thread's community, and whether each contains the thread. */
export const choicesForThread = statement<{ threadId: string }, FolderChoiceRow>(
  'folders.choices',
  `
    select f.id, f.name, f.summary, x.thread_id is not null as chosen
    from threads t
    join thread_folders f on f.community_id = t.community_id
    left join folder_threads x on x.folder_id = f.id and x.thread_id = t.id
    where t.id = :threadId
    order by lower(f.name), f.id
    limit 100
  `,
);

/**
 * Locks the community, so that concurrent requests cannot create two folders with the same name.
 */
export const lockCommunity = statement<{ communityId: string }, { folders: number }>(
  'folders.lock-community',
  `
    select (
        select count(*)::int
        from thread_folders f
        where f.community_id = c.id
      ) as folders
    from communities c
    where c.id = :communityId
    for no key update
  `,
);

export const isNameTaken = statement<
  { communityId: string; name: string; notThis: string | null },
  object
>(
  'folders.name-taken',
  `
    select 1
    from thread_folders
    where community_id = :communityId
      and lower(name) = lower(:name)
      and id is distinct from :notThis::bigint
  `,
);

export const addFolder = statement<
  { communityId: string; name: string; summary: string; now: Date },
  { id: string }
>(
  'folders.add',
  `
    insert into thread_folders (community_id, name, summary, created_at)
    values (:communityId, :name, :summary, :now)
    returning id
  `,
);

export const changeFolder = statement<
  { communityId: string; id: string; name: string; summary: string },
  { id: string }
>(
  'folders.change',
  `
    update thread_folders
    set name = :name, summary = :summary
    where id = :id and community_id = :communityId
    returning id
  `,
);

export const removeFolder = statement<{ communityId: string; id: string }, { id: string }>(
  'folders.remove',
  'delete from thread_folders where id = :id and community_id = :communityId returning id',
);

/** Removes a thread from every folder of its community except these. */
export const removeFromFolders = statement<
  { threadId: string; folderIds: readonly string[] },
  object
>(
  'folders.take-out',
  `
    delete from folder_threads x
    using thread_folders f, threads t
    where x.thread_id = :threadId
      and f.id = x.folder_id
      and t.id = x.thread_id
      and f.community_id = t.community_id
      and x.folder_id <> all(:folderIds::bigint[])
  `,
);

/** Adds a thread to folders, ignoring folders of other communities. */
export const addToFolders = statement<
  { threadId: string; folderIds: readonly string[]; now: Date },
  object
>(
  'folders.put-in',
  `
    insert into folder_threads (folder_id, thread_id, added_at)
    select f.id, t.id, :now
    from threads t
    join thread_folders f on f.community_id = t.community_id
    where t.id = :threadId and f.id = any(:folderIds::bigint[])
    on conflict do nothing
  `,
);
