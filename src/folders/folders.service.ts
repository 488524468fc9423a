import { Injectable } from '@nestjs/common';
import type { AccessibleCommunity } from '../communities/community-access.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { runIdempotent } from '../kernel/sent-once.js';
import { Sql } from '../kernel/sql.js';
import { AuditLog } from '../review/audit-log.js';
import type { AccessibleThread } from '../threads/thread-access.js';
import type { ThreadRow } from '../threads/thread-list.queries.js';
import {
  addFolder,
  changeFolder,
  choicesForThread,
  folderById,
  foldersOf,
  isNameTaken,
  lockCommunity,
  addToFolders,
  removeFolder,
  removeFromFolders,
  threadsInFolder,
  type FolderChoiceRow,
  type FolderRow,
} from './folders.queries.js';

/** Maximum number of folders in a community. */
const MAX_FOLDERS = 30;
/** Maximum number of threads on the page of a folder. */
const MAX_THREADS_SHOWN = 100;

interface FolderTexts {
  name: string;
  summary: string;
}

/**
 * Folders in which the moderators of a community collect threads worth finding again. Callers must
 * check that the viewer may read the community, or moderate it for changes.
 */
@Injectable()
export class Folders {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
  ) {}

  of(community: AccessibleCommunity): Promise<FolderRow[]> {
    return this.sql.rows(foldersOf, { communityId: community.id });
  }

  /** @throws NotFound if the community has no such folder */
  async page(
    viewer: MaybeViewer,
    community: AccessibleCommunity,
    id: string,
  ): Promise<{ folder: FolderRow; threads: ThreadRow[] }> {
    const folder = await this.sql.first(folderById, { communityId: community.id, id });
    if (folder === null) throw new NotFound();
    const threads = await this.sql.rows(threadsInFolder, {
      communityId: community.id,
      folderId: id,
      viewerId: viewer?.memberId ?? null,
      limit: MAX_THREADS_SHOWN,
    });
    return { folder, threads };
  }

  /** @throws FieldError if the name is taken, or there are too many folders */
  async add(viewer: Viewer, community: AccessibleCommunity, texts: FolderTexts): Promise<string> {
    const { name, summary } = texts;
    const now = this.clock.now();
    return this.database.inTransaction((tx) =>
      runIdempotent(
        tx,
        {
          memberId: viewer.memberId,
          what: 'folder',
          words: [community.id, name, summary],
          stands: async (inTx, id) =>
            (await this.sql.rowsIn(inTx, folderById, { communityId: community.id, id })).length > 0,
        },
        now,
        async () => {
          const [state] = await this.sql.rowsIn(tx, lockCommunity, { communityId: community.id });
          if ((state?.folders ?? 0) >= MAX_FOLDERS)
            throw new FieldError('name', 'folders.error.many', { most: MAX_FOLDERS });
          await this.requireFreeName(tx, community, name, null);
          const fields = { communityId: community.id, name, summary, now };
          const [inserted] = await this.sql.rowsIn(tx, addFolder, fields);
          if (inserted === undefined) throw new NotFound();
          await this.log(tx, viewer, community.id, 'folder.saved');
          return inserted.id;
        },
      ),
    );
  }

  /**
   * @throws FieldError if the name is taken
   * @throws NotFound if the community has no such folder
   */
  async change(
    viewer: Viewer,
    community: AccessibleCommunity,
    id: string,
    texts: FolderTexts,
  ): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await this.sql.rowsIn(tx, lockCommunity, { communityId: community.id });
      await this.requireFreeName(tx, community, texts.name, id);
      const [changed] = await this.sql.rowsIn(tx, changeFolder, {
        communityId: community.id,
        id,
        name: texts.name,
        summary: texts.summary,
      });
      if (changed === undefined) throw new NotFound();
      await this.log(tx, viewer, community.id, 'folder.saved');
    });
  }

  /** Removes a folder but not its threads. @throws NotFound if the community has no such folder */
  async remove(viewer: Viewer, community: AccessibleCommunity, id: string): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [removed] = await this.sql.rowsIn(tx, removeFolder, {
        communityId: community.id,
        id,
      });
      if (removed === undefined) throw new NotFound();
      await this.log(tx, viewer, community.id, 'folder.removed');
    });
  }

  choicesFor(threadId: string): Promise<FolderChoiceRow[]> {
    return this.sql.rows(choicesForThread, { threadId });
  }

  /** Sets the folders of its community that contain a thread. */
  async choose(
    viewer: Viewer,
    thread: AccessibleThread,
    folderIds: readonly string[],
  ): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await this.sql.rowsIn(tx, removeFromFolders, { threadId: thread.id, folderIds });
      const now = this.clock.now();
      await this.sql.rowsIn(tx, addToFolders, { threadId: thread.id, folderIds, now });
      await this.log(tx, viewer, thread.communityId, 'folder.filled');
    });
  }

  private async requireFreeName(
    tx: Tx,
    community: AccessibleCommunity,
    name: string,
    notThis: string | null,
  ): Promise<void> {
    const params = { communityId: community.id, name, notThis };
    const taken = await this.sql.rowsIn(tx, isNameTaken, params);
    if (taken.length > 0) throw new FieldError('name', 'folders.error.taken');
  }

  private async log(
    tx: Tx,
    viewer: Viewer,
    communityId: string,
    action: 'folder.saved' | 'folder.removed' | 'folder.filled',
  ): Promise<void> {
    await this.auditLog.write(tx, viewer.memberId, { action, communityId });
  }
}
