import { Injectable } from '@nestjs/common';
import { Member } from '../accounts/member.entity.js';
import { Config } from '../kernel/config.js';
import type { Tx } from '../kernel/database.js';
import { newToken } from '../kernel/ids.js';
import { executeIn } from '../kernel/sql.js';
import type { PostsOfClosedAccount } from '../posts/account-closure-posts.service.js';
import { PostMentions } from '../posts/post-mentions.js';
import { ToolkitExport } from '../toolkit/export/toolkit-export.service.js';
import { detachImports } from './closed-imports.js';

/** Rows that only concern the member: deleted with the account. */
const DELETED = [
  'sessions',
  'push_subscriptions',
  'known_devices',
  'credential_changes',
  'one_time_tokens',
  'organisation_identities',
  'passkeys',
  'recovery_codes',
  'second_factor_resets',
  'totp_secrets',
  'blocks',
  'alias_blocks',
  'drafts',
  'thread_follows',
  'thread_saves',
  'poll_votes',
  'note_choices',
  'muted_words',
  'topic_opt_outs',
  'saved_searches',
  'private_feeds',
  'access_tokens',
  'notices',
  'digests',
  'leave_tokens',
  'reply_addresses',
  'mail_bounces',
  'mail_choices',
  'mail_deliveries',
  'mail_settings',
  'mail_suppressions',
  'mails_taken_in',
  'guideline_acknowledgements',
  'member_answers',
  'member_notes',
  'aftercare_notes',
  'askings',
  'group_requests',
  'strategy_hides',
  'strategy_feedback',
  'supporters',
  'rests_offered',
  'alarm_settings',
  'case_alarms',
  'case_pairs',
  'case_passes',
  'case_reminders',
  'debriefs',
  'shifts',
];

/** Rows that belong to others: kept, but detached from the member. */
const DETACHED = [
  ['post_strategies', 'proposed_by'],
  ['strategy_wishes', 'asked_by'],
  ['thread_updates', 'written_by'],
  ['community_prompts', 'author_id'],
] as const;

/** Erases everything of an account except posts, for which another service is responsible. */
@Injectable()
export class AccountErasure {
  constructor(
    private readonly config: Config,
    private readonly toolkit: ToolkitExport,
    private readonly mentions: PostMentions,
  ) {}

  /** Runs once, when the account closes. */
  async empty(tx: Tx, id: string, now: Date): Promise<void> {
    await this.leaveCommunities(tx, id);
    await this.toolkit.eraseIn(tx, id);
    for (const table of DELETED)
      await executeIn(tx, `delete from ${table} where member_id = :id`, { id });
    await executeIn(tx, 'delete from blocks where blocked_id = :id', { id });
    for (const [table, column] of DETACHED)
      await executeIn(tx, `update ${table} set ${column} = null where ${column} = :id`, { id });
    await detachImports(tx, id, this.config.secret);
    await executeIn(
      tx,
      `
        update review_cases
        set claimed_by = null, claimed_until = null
        where claimed_by = :id
      `,
      { id },
    );
    await this.leaveStrategies(tx, id);
    await this.mentions.unlinkAll(tx, id);
    await tx.getRepository(Member).update(
      { id },
      {
        handle: `gone-${newToken(8).replace(/[^a-zA-Z0-9]/g, 'x')}`,
        email: null,
        emailVerifiedAt: null,
        passwordHash: null,
        role: 'member',
        avatarSeed: newToken(9),
        about: '',
        locale: null,
        country: null,
        timeZone: null,
        breakUntil: null,
        mailSafe: null,
        mailSafeAt: null,
        secondFactorSince: null,
        secondFactorBy: null,
        closedAt: now,
      },
    );
  }

  /** Runs repeatedly, until nothing of the member is under review. */
  async eraseSettled(tx: Tx, id: string, words: PostsOfClosedAccount): Promise<void> {
    await executeIn(
      tx,
      `
        update reports r
        set reporter_id = null, note = case when :words = 'erase' then '' else r.note end
        from review_cases rc
        where rc.id = r.case_id and rc.state = 'closed' and r.reporter_id = :id
      `,
      { id, words },
    );
    await executeIn(
      tx,
      `
        delete from refused_mails k
        using review_cases rc
        where rc.id = k.case_id and rc.state = 'closed' and k.member_id = :id
      `,
      { id },
    );
    // Appeals are only read by the team, so they are deleted once answered.
    await executeIn(
      tx,
      `
        update appeals a
        set appellant_id = null, statement = ''
        where a.appellant_id = :id and a.outcome is not null
      `,
      { id },
    );
    await executeIn(
      tx,
      `
        update decision_messages m
        set author_id = null, body = ''
        where m.author_id = :id
          and not m.from_team
          and not exists (
            select 1
            from appeals a
            where a.decision_id = m.decision_id and a.outcome is null
          )
      `,
      { id },
    );
  }

  private async leaveCommunities(tx: Tx, id: string): Promise<void> {
    await executeIn(
      tx,
      `
        with gone as (
          delete from memberships
          where member_id = :id
          returning community_id, state
        )
        update communities c
        set member_count = greatest(0, c.member_count - 1)
        from gone g
        where g.community_id = c.id and g.state = 'active'
      `,
      { id },
    );
  }

  private async leaveStrategies(tx: Tx, id: string): Promise<void> {
    await executeIn(
      tx,
      `
        delete from coping_strategies
        where member_id = :id and status in ('draft', 'proposed', 'declined')
      `,
      { id },
    );
    await executeIn(
      tx,
      `
        update coping_strategies
        set member_id = null, credit = case when credit_from = 'handle' then '' else credit end
        where member_id = :id
      `,
      { id },
    );
  }
}
