import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { FieldError, NotFound } from '../../kernel/errors.js';
import { Sql } from '../../kernel/sql.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { matchRules, readPattern, type WordRule } from '../../triage/word-rules.js';
import { AuditLog } from '../../review/audit-log.js';
import type { Holding, NewWordRule } from './word-rules.dto.js';
import { pastPosts, places, type PastPost, type PlaceRow } from './word-rules.queries.js';

/** On so many of the newest posts a rule is tried before it holds. */
export const TRIED_ON = 500;

export interface Trial {
  tried: number;
  matched: (Omit<PastPost, 'body' | 'summary'> & { words: string })[];
}

/** Word rules and what waits where: moderators set them, software only follows, people decide. */
@Injectable()
export class WordRules {
  constructor(
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly log: AuditLog,
  ) {}

  places(viewer: Viewer): Promise<PlaceRow[]> {
    return this.sql.rows(places, [viewer.memberId, isStaff(viewer)]);
  }

  /**
   * @param slug empty for the whole site @throws NotFound for a place that the viewer does not
   * moderate
   */
  async place(viewer: Viewer, slug: string): Promise<PlaceRow | null> {
    if (slug === '' && isStaff(viewer)) return null;
    const place = (await this.places(viewer)).find((one) => one.slug === slug);
    if (place === undefined) throw new NotFound();
    return place;
  }

  /** What the rule would have matched; nothing is done to any post. */
  async try(place: PlaceRow | null, form: NewWordRule): Promise<Trial> {
    const rule = ruleOf(form);
    const posts = await this.sql.rows(pastPosts, [place?.id ?? null, TRIED_ON]);
    const matched = posts.flatMap(({ body, summary, ...post }) => {
      const text = `${body}\n\n${summary}`;
      const [match] = matchRules(text, [rule]);
      return match === undefined ? [] : [{ ...post, words: text.slice(...match.span) }];
    });
    return { tried: posts.length, matched };
  }

  async add(viewer: Viewer, place: PlaceRow | null, form: NewWordRule): Promise<void> {
    const rule = ruleOf(form);
    await this.database.inTransaction(async (tx) => {
      const [made] = (await tx.query(
        `
          insert into word_rules (community_id, pattern, action, note, tier, why, created_by,
            created_at)
          values ($1, $2, $3, $4, $5, $6, $7, $8)
          returning id
        `,
        [
          place?.id ?? null,
          rule.pattern,
          rule.action,
          rule.note,
          rule.tier,
          rule.why,
          viewer.memberId,
          this.clock.now(),
        ],
      )) as { id: string }[];
      await this.log.write(tx, viewer.memberId, {
        deed: 'rule.added',
        communityId: place?.id ?? null,
        detail: { ruleId: made?.id ?? '' },
      });
    });
  }

  /** A rule is ended, not deleted: what it did stays explained. */
  async end(viewer: Viewer, id: string): Promise<string> {
    const mine = await this.places(viewer);
    return this.database.inTransaction(async (tx) => {
      const [rule] = (await tx.query(
        `
          select community_id as "communityId"
          from word_rules
          where id = $1 and ended_at is null
          for update
        `,
        [id],
      )) as { communityId: string | null }[];
      const place = mine.find((one) => one.id === rule?.communityId);
      if (
        rule === undefined ||
        (rule.communityId === null ? !isStaff(viewer) : place === undefined)
      )
        throw new NotFound();
      await tx.query('update word_rules set ended_at = $2 where id = $1', [id, this.clock.now()]);
      await this.log.write(tx, viewer.memberId, {
        deed: 'rule.ended',
        communityId: rule.communityId,
        detail: { ruleId: id },
      });
      return place?.slug ?? '';
    });
  }

  async setHolding(viewer: Viewer, place: PlaceRow, form: Holding): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await tx.query(
        `
          update communities
          set pre_moderation = $2, first_posts_count = $3, first_posts_days = $4,
            hold_on_shift = $5, hold_outside = $6
          where id = $1
        `,
        [
          place.id,
          form.preModeration,
          form.firstPostsCount,
          form.firstPostsDays,
          form.holdOnShift,
          form.holdOutside,
        ],
      );
      await this.log.write(tx, viewer.memberId, {
        deed: 'holding.changed',
        communityId: place.id,
        detail: Object.fromEntries(Object.entries(form)),
      });
    });
  }
}

function ruleOf(form: NewWordRule): WordRule {
  if (readPattern(form.pattern) === null) throw new FieldError('pattern', 'rules.error.pattern');
  if (form.action === 'suggest-note' && form.note === '')
    throw new FieldError('note', 'rules.error.note');
  if (form.action === 'raise' && form.tier === '') throw new FieldError('tier', 'rules.error.tier');
  return {
    id: '0',
    pattern: form.pattern,
    action: form.action,
    note: form.action === 'suggest-note' ? form.note : null,
    tier: form.action === 'raise' && form.tier !== '' ? form.tier : null,
    why: form.why,
  };
}
