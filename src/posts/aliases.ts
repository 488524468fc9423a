import { Injectable } from '@nestjs/common';
import type { Tx } from '../kernel/database.js';
import { FieldError } from '../kernel/errors.js';
import { newToken } from '../kernel/ids.js';
import { drawAliasName } from './alias-names.js';

const TRIES = 40;

/**
 * The name a member bears in one thread. Whoever has begun under an alias stays under it there, and
 * whoever has written under the handle keeps that: one careless reply would otherwise tell
 * everybody who the alias is.
 */
@Injectable()
export class Aliases {
  /**
   * @param wanted the box on the form
   * @returns the alias's id, or null to write under the handle
   */
  async forReply(
    tx: Tx,
    memberId: string,
    threadId: string,
    wanted: boolean,
  ): Promise<string | null> {
    const [before] = (await tx.query(
      `select (select id from thread_aliases where thread_id = $1 and member_id = $2) as alias,
              exists (select 1
                from posts
                where thread_id = $1 and author_id = $2 and alias_id is null) as named`,
      [threadId, memberId],
    )) as { alias: string | null; named: boolean }[];
    if (before !== undefined && before.alias !== null) return before.alias;
    if (!wanted) return null;
    if (before?.named === true) throw new FieldError('anonymous', 'posts.error.already-named');
    return this.give(tx, memberId, threadId);
  }

  /** Draws a name that is free in the thread. */
  async give(tx: Tx, memberId: string, threadId: string): Promise<string> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const name =
        tries < TRIES / 2
          ? drawAliasName()
          : `${drawAliasName()}-${newToken(2)
              .toLowerCase()
              .replace(/[^a-z0-9]/g, 'x')}`;
      const [made] = (await tx.query(
        `
          insert into thread_aliases (thread_id, member_id, name, avatar_seed)
          values ($1, $2, $3, $4)
         on conflict do nothing returning id`,
        [threadId, memberId, name, newToken(9)],
      )) as { id: string }[];
      if (made !== undefined) return made.id;
      const [mine] = (await tx.query(
        'select id from thread_aliases where thread_id = $1 and member_id = $2',
        [threadId, memberId],
      )) as { id: string }[];
      if (mine !== undefined) return mine.id;
    }
    throw new Error('no free alias');
  }
}
