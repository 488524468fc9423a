import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError, Forbidden, NotFound } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import type { Viewer } from '../http/viewer.js';
import { Acknowledgements } from './acknowledgements.js';
import { Answers } from './answers.service.js';
import { joinRequested, visitEnded } from './communities.events.js';
import { canModerate, type AccessibleCommunity, type CommunityRole } from './community-access.js';
import { MembershipRow } from './membership.entity.js';
import { queryIn, executeIn } from '../kernel/sql.js';

/** Coming and going. Nobody is told of either. */
@Injectable()
export class Membership {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly acknowledgements: Acknowledgements,
    private readonly answers: Answers,
    private readonly outbox: Outbox,
  ) {}

  /**
   * The button stands under the guidelines, so joining says yes to them. Where joining needs
   * approval this only asks.
   * @returns whether the viewer is now in, or has asked
   */
  async join(
    viewer: Viewer,
    community: AccessibleCommunity,
    note: string,
  ): Promise<'joined' | 'asked'> {
    if (community.archived) throw new Forbidden('communities.error.archived');
    if (viewer.suspendedUntil !== null) throw new Forbidden('communities.error.limited');
    if (community.role !== null) return 'joined';
    const asks = community.visibility === 'approval' && viewer.role === 'member';
    if (asks && note.trim() === '') throw new FieldError('note', 'communities.error.note');
    await this.database.inTransaction(async (tx) => {
      const [row] = await queryIn<{ fresh: boolean }>(
        tx,
        `
          with before as (select state
            from memberships
            where community_id = :communityId and member_id = :viewerId)
         insert into memberships (community_id, member_id, state, note, joined_at)
         values (:communityId, :viewerId, :state, :note, :now)
         on conflict (community_id, member_id)
         do update set note = excluded.note, state = excluded.state, joined_at = excluded.joined_at,
           expires_at = null
           where memberships.state <> 'active'
         returning not (:state = 'asked'
           and exists (select 1 from before where state = 'asked')) as fresh`,
        {
          communityId: community.id,
          viewerId: viewer.memberId,
          state: asks ? 'asked' : 'active',
          note: asks ? note : '',
          now: this.clock.now(),
        },
      );
      if (row?.fresh !== true) return;
      await this.acknowledgements.record(
        tx,
        viewer.memberId,
        community.id,
        community.guidelinesVersion,
      );
      if (asks) await this.outbox.append(tx, joinRequested({ communityId: community.id }));
      else await this.count(tx, community.id, 1);
    });
    return asks ? 'asked' : 'joined';
  }

  /**
   * Ends the reading of first posts in every place that the viewer looks after. @returns in how
   * many
   */
  async trust(
    tx: Tx,
    memberId: string,
    viewerId: string,
    staff: boolean,
    now: Date,
  ): Promise<number> {
    const trusted = await queryIn<object>(
      tx,
      `
        update memberships s
        set trusted_at = :now
        where s.member_id = :memberId and s.state = 'active' and s.trusted_at is null
         and (:staff
           or exists (select 1
             from memberships o
             where o.community_id = s.community_id
               and o.member_id = :viewerId
               and o.role = 'moderator'
               and o.state = 'active'))
         returning s.community_id`,
      { memberId, viewerId, staff, now },
    );
    return trusted.length;
  }

  /** The row goes; nothing remembers it. */
  async leave(viewer: Viewer, community: AccessibleCommunity): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const gone = await queryIn<{ state: string }>(
        tx,
        `
          delete
          from memberships
          where community_id = :communityId and member_id = :viewerId
          returning state
        `,
        { communityId: community.id, viewerId: viewer.memberId },
      );
      if (gone[0]?.state === 'active') await this.count(tx, community.id, -1);
      if (gone[0]?.state === 'visiting')
        await this.outbox.append(
          tx,
          visitEnded({ memberId: viewer.memberId, communityId: community.id }),
        );
    });
  }

  /**
   * A moderator's answer to somebody who asked to join, with a line of their own where they wrote
   * one. Both stand in the inbox of who asked.
   */
  async answer(
    viewer: Viewer,
    community: AccessibleCommunity,
    handle: string,
    yes: 'accept' | 'decline',
    line: string,
  ): Promise<void> {
    if (!canModerate(viewer, community)) throw new NotFound();
    await this.database.inTransaction(async (tx) => {
      const who = { communityId: community.id, handle };
      const changed =
        yes === 'accept'
          ? await queryIn<{ id: string }>(
              tx,
              `update memberships s set state = 'active', note = '', joined_at = :now
               from members m
               where s.community_id = :communityId
                 and s.member_id = m.id
                 and m.handle = :handle::citext
                 and s.state = 'asked'
               returning s.member_id as id`,
              { ...who, now: this.clock.now() },
            )
          : await queryIn<{ id: string }>(
              tx,
              `delete from memberships s using members m
               where s.community_id = :communityId
                 and s.member_id = m.id
                 and m.handle = :handle::citext
                 and s.state = 'asked'
               returning s.member_id as id`,
              who,
            );
      const memberId = changed[0]?.id;
      if (memberId === undefined) return;
      if (yes === 'accept') await this.count(tx, community.id, 1);
      await this.answers.give(tx, {
        memberId,
        communityId: community.id,
        about: 'join',
        accepted: yes === 'accept',
        line,
      });
    });
  }

  /**
   * @param tx the transaction of the action that gives or takes the role. @returns false where the
   * member does not belong to it
   */
  async setRole(
    tx: Tx,
    communityId: string,
    memberId: string,
    role: CommunityRole,
  ): Promise<boolean> {
    const { affected } = await tx
      .getRepository(MembershipRow)
      .update({ communityId, memberId, state: 'active' }, { role });
    return affected !== 0;
  }

  private async count(tx: Tx, communityId: string, by: number): Promise<void> {
    await executeIn(
      tx,
      `
        update communities
        set member_count = greatest(0, member_count + :by)
        where id = :communityId
      `,
      { communityId, by },
    );
  }
}
