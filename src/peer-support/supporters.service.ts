import { Injectable } from '@nestjs/common';
import { Answers } from '../communities/answers.service.js';
import { requireModerator, type AccessibleCommunity } from '../communities/community-access.js';
import { AuditLog } from '../review/audit-log.js';
import { Membership } from '../communities/membership.service.js';
import type { Viewer } from '../http/viewer.js';
import { Clock, DAY } from '../kernel/clock.js';
import { Database } from '../kernel/database.js';
import { FieldError, Forbidden, NotFound } from '../kernel/errors.js';
import { Supporter } from './supporter.entity.js';
import { Outbox } from '../outbox/outbox.js';
import { supportOffered } from './peer-support.events.js';
import { TRAINING, type Application, type DutyForm } from './supporters.dto.js';
import { executeIn, queryIn, Sql } from '../kernel/sql.js';
import {
  ownSupporterSettings,
  supportersOf,
  type SupporterRow,
  type SupporterSettingsRow,
} from './supporters.queries.js';
import { ownBreakOffer, type BreakOfferRow } from './unanswered.queries.js';

/** Maximum time off duty in milliseconds: longer than a year means to stop. */
const MAX_OFF_DUTY = 366 * DAY;

/**
 * Peer supporters: members who offer to reply to unanswered threads. They choose their weekly
 * capacity and can go off duty at any time.
 */
@Injectable()
export class Supporters {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly membership: Membership,
    private readonly answers: Answers,
    private readonly auditLog: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /** Members who offered support, longest waiting first, followed by the supporters. */
  of(community: AccessibleCommunity): Promise<SupporterRow[]> {
    return this.sql.rows(supportersOf, { communityId: community.id });
  }

  /** The viewer's own settings; null if they have not offered support. */
  settings(viewer: Viewer, community: AccessibleCommunity): Promise<SupporterSettingsRow | null> {
    return this.sql.first(ownSupporterSettings, {
      communityId: community.id,
      memberId: viewer.memberId,
    });
  }

  /** Offers support, edits the offer, or offers again after a refusal. */
  async apply(viewer: Viewer, community: AccessibleCommunity, form: Application): Promise<void> {
    if (community.role !== 'member' || community.archived)
      throw new Forbidden('belonging.error.no-member');
    const steps = TRAINING.filter((step) => form.steps.includes(step));
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          insert into supporters (community_id, member_id, state, why, capacity, steps, asked_at)
          values (:communityId, :viewerId, 'asked', :why, :capacity, :steps, :now)
       on conflict (community_id, member_id)
       do update set why = excluded.why, capacity = excluded.capacity, steps = excluded.steps,
         asked_at = case
           when supporters.state = 'asked' then supporters.asked_at
           else excluded.asked_at end, state = 'asked'`,
        {
          communityId: community.id,
          viewerId: viewer.memberId,
          why: form.why,
          capacity: form.capacity,
          steps,
          now: this.clock.now(),
        },
      );
      await this.outbox.append(tx, supportOffered({ communityId: community.id }));
    });
  }

  /** @throws FieldError if the date is in the past, or too far in the future */
  async setDuty(viewer: Viewer, community: AccessibleCommunity, form: DutyForm): Promise<void> {
    if (community.role !== 'supporter') throw new Forbidden('belonging.error.no-supporter');
    const now = this.clock.now();
    const until = form.offDutyUntil === '' ? null : new Date(`${form.offDutyUntil}T00:00:00Z`);
    if (
      until !== null &&
      (Number.isNaN(until.getTime()) ||
        until <= now ||
        until.getTime() > now.getTime() + MAX_OFF_DUTY)
    )
      throw new FieldError('offDutyUntil', 'belonging.error.until');
    await this.save(viewer, community, form.capacity, until, now);
  }

  /** @throws NotFound if it was made to somebody else, or they are no longer a supporter */
  async breakOffer(viewer: Viewer, offerId: string): Promise<BreakOfferRow> {
    const offer = await this.sql.first(ownBreakOffer, { offerId, memberId: viewer.memberId });
    if (offer === null) throw new NotFound();
    return offer;
  }

  /** Accepts an offered break; the weekly capacity is unchanged. */
  async restUntil(viewer: Viewer, community: AccessibleCommunity, until: Date): Promise<void> {
    if (community.role !== 'supporter') throw new Forbidden('belonging.error.no-supporter');
    await this.save(viewer, community, null, until, this.clock.now());
  }

  private async save(
    viewer: Viewer,
    community: AccessibleCommunity,
    capacity: number | null,
    until: Date | null,
    now: Date,
  ): Promise<void> {
    await this.database.inTransaction((tx) =>
      executeIn(
        tx,
        `
          insert into supporters (community_id, member_id, state, capacity, off_duty_until,
            asked_at)
          values (:communityId, :viewerId, 'active', coalesce(:capacity, 3), :until, :now)
       on conflict (community_id, member_id)
       do update set state = 'active', capacity = coalesce(:capacity, supporters.capacity),
         off_duty_until = excluded.off_duty_until`,
        { communityId: community.id, viewerId: viewer.memberId, capacity, until, now },
      ),
    );
  }

  /** Withdraws the offer, or gives up the role. Notifies nobody. */
  async stop(viewer: Viewer, community: AccessibleCommunity): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await tx
        .getRepository(Supporter)
        .delete({ communityId: community.id, memberId: viewer.memberId });
      if (community.role === 'supporter')
        await this.membership.setRole(tx, community.id, viewer.memberId, 'member');
    });
  }

  /**
   * Answers an offer; the member is notified in their inbox.
   * @throws Forbidden if it is accepted before every training step is complete
   * @throws Conflict if a colleague answered differently first, or the offer was withdrawn
   */
  async answer(
    viewer: Viewer,
    community: AccessibleCommunity,
    handle: string,
    answer: 'accept' | 'decline',
    line: string,
  ): Promise<void> {
    requireModerator(viewer, community);
    await this.database.inTransaction(async (tx) => {
      const [offer] = await queryIn<{ id: string; steps: string[] }>(
        tx,
        `
          select s.member_id as id, s.steps
          from supporters s
          join members m on m.id = s.member_id
          where s.community_id = :communityId and m.handle = :handle::citext and s.state = 'asked'
          for update of s
        `,
        { communityId: community.id, handle },
      );
      const given = {
        communityId: community.id,
        about: 'supporter',
        accepted: answer === 'accept',
        line,
      } as const;
      if (offer === undefined) return this.answers.requireSame(tx, { ...given, handle });
      if (answer === 'accept' && !TRAINING.every((step) => offer.steps.includes(step)))
        throw new Forbidden('belonging.error.untrained');
      await tx.getRepository(Supporter).update(
        { communityId: community.id, memberId: offer.id },
        {
          state: answer === 'accept' ? 'active' : 'declined',
          answeredBy: viewer.memberId,
          answeredAt: this.clock.now(),
          answer: line,
        },
      );
      if (answer === 'accept')
        await this.membership.setRole(tx, community.id, offer.id, 'supporter');
      await this.auditLog.write(tx, viewer.memberId, {
        action: `supporter.${answer === 'accept' ? 'accepted' : 'declined'}`,
        communityId: community.id,
        memberId: offer.id,
      });
      await this.answers.give(tx, { memberId: offer.id, ...given });
    });
  }
}
