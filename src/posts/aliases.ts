import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import { drawAliasName } from './alias-names.js';
import { queryIn } from '../kernel/sql.js';

const MAX_ATTEMPTS = 40;

/**
 * Aliases: other names of members within one thread. A member who has used an alias in a thread
 * keeps it there, and a member who has used the handle keeps the handle: one reply under the wrong
 * name would reveal who the alias is.
 */
@Injectable()
export class Aliases {
  /**
   * Returns the alias for a reply; a new one is generated if the member has none in the thread.
   * @param wanted whether the writer ticked the alias box
   * @returns id of the alias, or null to write under the handle
   * @throws FieldError if the member has already written under the handle
   */
  async forReply(
    tx: Tx,
    memberId: string,
    threadId: string,
    wanted: boolean,
  ): Promise<string | null> {
    const [before] = await queryIn<{ alias: string | null; named: boolean }>(
      tx,
      `
        select
          (select id
            from thread_aliases
            where thread_id = :threadId and member_id = :memberId) as alias,
          exists (select 1
            from posts
            where thread_id = :threadId
              and author_id = :memberId
              and alias_id is null) as named
      `,
      { threadId, memberId },
    );
    if (before !== undefined && before.alias !== null) return before.alias;
    if (!wanted) return null;
    if (before?.named === true) throw new FieldError('anonymous', 'posts.error.already-named');
    return this.give(tx, memberId, threadId);
  }

  /**
   * Gives the member an alias whose name is free in the thread.
   * @returns id of the alias
   * @throws Error if no free name was found
   */
  async give(tx: Tx, memberId: string, threadId: string): Promise<string> {
    for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) {
      const name =
        tries < MAX_ATTEMPTS / 2
          ? drawAliasName()
          : `${drawAliasName()}-${newToken(2)
              .toLowerCase()
              .replace(/[^a-z0-9]/g, 'x')}`;
      const [made] = await queryIn<{ id: string }>(
        tx,
        `
          insert into thread_aliases (thread_id, member_id, name, avatar_seed)
          values (:threadId, :memberId, :name, :avatarSeed)
         on conflict do nothing returning id`,
        { threadId, memberId, name, avatarSeed: newToken(9) },
      );
      if (made !== undefined) return made.id;
      const [mine] = await queryIn<{ id: string }>(
        tx,
        'select id from thread_aliases where thread_id = :threadId and member_id = :memberId',
        { threadId, memberId },
      );
      if (mine !== undefined) return mine.id;
    }
    throw new Error('no free alias');
  }
}
