import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Database, type Tx } from '../kernel/database.js';
import { FieldError, Forbidden } from '../kernel/errors.js';
import { Outbox } from '../outbox/outbox.js';
import { isSuspended, type Viewer } from '../http/viewer.js';
import { Acknowledgements } from './acknowledgements.js';
import { Answers } from './answers.service.js';
import { joinRequested, visitEnded } from './communities.events.js';
import {
  requireModerator,
  type AccessibleCommunity,
  type CommunityRole,
} from './community-access.js';
import { requests, type RequestRow } from './communities.queries.js';
import { MembershipRow } from './membership.entity.js';
import { Sql, queryIn, executeIn } from '../kernel/sql.js';

/** Joining and leaving communities. Neither notifies other members. */
@Injectable()
export class Membership {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly acknowledgements: Acknowledgements,
    private readonly answers: Answers,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Joins, or creates a request if joining needs approval. The form shows the guidelines, so
   * joining agrees to them.
   * @param note answers the join question; only saved with a request
   * @param options `agreed: false` if the member has not been shown the community's guidelines: the
   *   first post asks them to agree
   * @returns the outcome; `joined` also for an existing member
   * @throws Forbidden if the community is archived or the member suspended
   * @throws FieldError for a request without a note
   */
  async join(
    viewer: Viewer,
    community: AccessibleCommunity,
    note: string,
    { agreed = true }: { agreed?: boolean } = {},
  ): Promise<'joined' | 'asked'> {
    if (community.archived) throw new Forbidden('communities.error.archived');
    if (isSuspended(viewer)) throw new Forbidden('communities.error.limited');
    if (community.role !== null) return 'joined';
    const needsApproval = community.visibility === 'approval' && viewer.role === 'member';
    if (needsApproval && note.trim() === '') throw new FieldError('note', 'communities.error.note');
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
          state: needsApproval ? 'asked' : 'active',
          note: needsApproval ? note : '',
          now: this.clock.now(),
        },
      );
      if (row?.fresh !== true) return;
      if (agreed) {
        const version = community.guidelinesVersion;
        await this.acknowledgements.record(tx, viewer.memberId, community.id, version);
      }
      if (needsApproval) await this.outbox.append(tx, joinRequested({ communityId: community.id }));
      else await this.count(tx, community.id, 1);
    });
    return needsApproval ? 'asked' : 'joined';
  }

  /**
   * Stops holding a member's first posts, in every community that the viewer moderates.
   * @param staff whether the viewer moderates all of them
   * @returns the number of communities
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

  /** Deletes the membership, the request or the visit; idempotent. */
  async leave(viewer: Viewer, community: AccessibleCommunity): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [row] = await queryIn<{ state: string }>(
        tx,
        `
          delete
          from memberships
          where community_id = :communityId and member_id = :viewerId
          returning state
        `,
        { communityId: community.id, viewerId: viewer.memberId },
      );
      if (row?.state === 'active') await this.count(tx, community.id, -1);
      if (row?.state === 'visiting')
        await this.outbox.append(
          tx,
          visitEnded({ memberId: viewer.memberId, communityId: community.id }),
        );
    });
  }

  /** @throws NotFound if the viewer may not moderate the community */
  async requests(viewer: Viewer, community: AccessibleCommunity): Promise<RequestRow[]> {
    requireModerator(viewer, community);
    return this.sql.rows(requests, { communityId: community.id });
  }

  /**
   * Accepts or declines a request to join, and notifies the member. Does nothing if there is no
   * pending request.
   * @param line the moderator's own text; may be empty
   * @throws NotFound if the viewer may not moderate the community
   */
  async answer(
    viewer: Viewer,
    community: AccessibleCommunity,
    handle: string,
    decision: 'accept' | 'decline',
    line: string,
  ): Promise<void> {
    requireModerator(viewer, community);
    await this.database.inTransaction(async (tx) => {
      const request = { communityId: community.id, handle };
      const changed =
        decision === 'accept'
          ? await queryIn<{ id: string }>(
              tx,
              `update memberships s set state = 'active', note = '', joined_at = :now
               from members m
               where s.community_id = :communityId
                 and s.member_id = m.id
                 and m.handle = :handle::citext
                 and s.state = 'asked'
               returning s.member_id as id`,
              { ...request, now: this.clock.now() },
            )
          : await queryIn<{ id: string }>(
              tx,
              `delete from memberships s using members m
               where s.community_id = :communityId
                 and s.member_id = m.id
                 and m.handle = :handle::citext
                 and s.state = 'asked'
               returning s.member_id as id`,
              request,
            );
      const memberId = changed[0]?.id;
      const answer = { about: 'join', accepted: decision === 'accept', line } as const;
      if (memberId === undefined) return this.answers.requireSame(tx, { ...request, ...answer });
      if (answer.accepted) await this.count(tx, community.id, 1);
      await this.answers.give(tx, { memberId, communityId: community.id, ...answer });
    });
  }

  /** @returns false if the member has not joined the community */
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
