import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound, throwIfInvalid } from '../../kernel/errors.js';
import { runIdempotent, type FormSubmission } from '../../kernel/sent-once.js';
import { Sql, queryIn, executeIn, findIn } from '../../kernel/sql.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { matchRules, type WordRule } from '../../triage/word-rules.js';
import { AuditLog } from '../../review/audit-log.js';
import { NewWordRule, type HoldingForm } from './word-rules.dto.js';
import {
  activeRules,
  pastPosts,
  places,
  type PastPost,
  type PlaceRow,
  type RuleRow,
} from './word-rules.queries.js';

/** How many of the newest posts a rule is tried on. */
export const TRIAL_POSTS = 500;

export interface Trial {
  tried: number;
  matched: (Omit<PastPost, 'body' | 'summary'> & { words: string })[];
}

/**
 * Word rules and pre-moderation, as configured by moderators. Rules hold and flag posts; people
 * decide.
 */
@Injectable()
export class WordRules {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
  ) {}

  /** Communities that the viewer moderates. */
  places(viewer: Viewer): Promise<PlaceRow[]> {
    return this.sql.rows(places, { viewerId: viewer.memberId, isStaff: isStaff(viewer) });
  }

  /** The slug of the initial page: the whole site for staff, otherwise the first community. */
  async firstPlace(viewer: Viewer): Promise<string> {
    return isStaff(viewer) ? '' : ((await this.places(viewer))[0]?.slug ?? '');
  }

  /** The rules of a community or the whole site, and the viewer's communities. */
  async inPlace(
    viewer: Viewer,
    place: PlaceRow | null,
  ): Promise<{ places: PlaceRow[]; rules: RuleRow[] }> {
    return {
      places: await this.places(viewer),
      rules: await this.sql.rows(activeRules, { communityId: place?.id ?? null }),
    };
  }

  /**
   * @param slug empty for the whole site
   * @returns null for the whole site
   * @throws NotFound if the viewer does not moderate the community
   */
  async place(viewer: Viewer, slug: string): Promise<PlaceRow | null> {
    if (slug === '' && isStaff(viewer)) return null;
    const place = (await this.places(viewer)).find((one) => one.slug === slug);
    if (place === undefined) throw new NotFound();
    return place;
  }

  /** Lists the posts that the rule would have matched, without changing any. */
  async try(place: PlaceRow | null, form: NewWordRule): Promise<Trial> {
    const rule = ruleOf(form);
    const posts = await this.sql.rows(pastPosts, {
      communityId: place?.id ?? null,
      limit: TRIAL_POSTS,
    });
    const matched = posts.flatMap(({ body, summary, ...post }) => {
      const text = `${body}\n\n${summary}`;
      const [match] = matchRules(text, [rule]);
      return match === undefined ? [] : [{ ...post, words: text.slice(...match.span) }];
    });
    return { tried: posts.length, matched };
  }

  /** Sent twice within ten minutes, it is one. */
  async add(viewer: Viewer, place: PlaceRow | null, form: NewWordRule): Promise<void> {
    const { pattern, action, note, tier, why, toWriter } = ruleOf(form);
    const rule = { placeId: place?.id ?? null, pattern, action, note, tier, why, toWriter };
    const now = this.clock.now();
    const sent: FormSubmission = {
      memberId: viewer.memberId,
      what: 'word-rule',
      words: Object.values(rule),
      stands: async (tx, id) =>
        (await findIn(tx, 'select 1 from word_rules where id = :id and ended_at is null', {
          id,
        })) !== null,
    };
    await this.database.inTransaction((tx) =>
      runIdempotent(tx, sent, now, async () => {
        const [made] = await queryIn<{ id: string }>(
          tx,
          `
            insert into word_rules (community_id, pattern, action, note, tier, why, to_writer,
              created_by, created_at)
            values (:placeId, :pattern, :action, :note, :tier, :why, :toWriter, :viewerId, :now)
            returning id
          `,
          { ...rule, viewerId: viewer.memberId, now },
        );
        await this.auditLog.write(tx, viewer.memberId, {
          action: 'rule.added',
          communityId: rule.placeId,
          detail: { ruleId: made?.id ?? '' },
        });
        return made?.id;
      }),
    );
  }

  /** Ends a rule without deleting it, so that its past effects remain explained. */
  async end(viewer: Viewer, id: string): Promise<string> {
    const mine = await this.places(viewer);
    return this.database.inTransaction(async (tx) => {
      const [rule] = await queryIn<{ communityId: string | null }>(
        tx,
        `
          select community_id as "communityId"
          from word_rules
          where id = :id and ended_at is null
          for update
        `,
        { id },
      );
      const place = mine.find((one) => one.id === rule?.communityId);
      if (
        rule === undefined ||
        (rule.communityId === null ? !isStaff(viewer) : place === undefined)
      )
        throw new NotFound();
      await executeIn(tx, 'update word_rules set ended_at = :now where id = :id', {
        id,
        now: this.clock.now(),
      });
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'rule.ended',
        communityId: rule.communityId,
        detail: { ruleId: id },
      });
      return place?.slug ?? '';
    });
  }

  async setHolding(viewer: Viewer, place: PlaceRow, form: HoldingForm): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          update communities
          set pre_moderation = :preModeration, first_posts_count = :firstPostsCount,
            first_posts_days = :firstPostsDays, hold_on_shift = :holdOnShift,
            hold_outside = :holdOutside
          where id = :placeId
        `,
        {
          placeId: place.id,
          preModeration: form.preModeration,
          firstPostsCount: form.firstPostsCount,
          firstPostsDays: form.firstPostsDays,
          holdOnShift: form.holdOnShift,
          holdOutside: form.holdOutside,
        },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'holding.changed',
        communityId: place.id,
        detail: Object.fromEntries(Object.entries(form)),
      });
    });
  }
}

function ruleOf(form: NewWordRule): WordRule {
  throwIfInvalid(NewWordRule.check(form));
  return {
    id: '0',
    pattern: form.pattern,
    action: form.action,
    note: form.action === 'suggest-note' ? form.note : null,
    tier: form.action === 'raise' && form.tier !== '' ? form.tier : null,
    why: form.why,
    toWriter: form.toWriter,
  };
}
