import { bodyHtml } from '../content/markdown.js';
import { DAY, HOUR, later, MINUTE } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { assessRisk } from '../triage/assess-risk.js';
import { lifeCases, type LifeCase, type LifeThread, type TakenThread } from './life-files.js';
import { randomFor } from './random.js';
import { executeIn, queryIn, getIn } from '../kernel/sql.js';

interface PostRow {
  id: string;
  threadId: string;
  communityId: string;
  authorId: string;
  title: string;
  body: string;
}

interface Opening {
  kind: 'post' | 'member' | 'strategy' | 'appeal';
  subjectId: string;
  communityId: string | null;
  tier: string;
  openedAt: Date;
  dueAt: Date;
  why: readonly (readonly [string, string])[];
  text?: string;
}

const COLUMN = {
  post: 'post_id',
  member: 'member_id',
  strategy: 'strategy_id',
  appeal: 'decision_id',
} as const;
/** The two who decide in the demo, in turn. */
const MODERATORS = ['harbour-mod', 'lantern-mod'];

/** The moderators' queue and its last weeks, in the transaction that loads the demo. */
export class DemoCases {
  private reports = 0;
  private decisions = 0;

  constructor(
    private readonly tx: Tx,
    private readonly ids: ReadonlyMap<string, string>,
    private readonly now: Date,
  ) {}

  async load(): Promise<void> {
    const cases = lifeCases();
    for (const each of cases.open) await this.ofPost(each);
    for (const each of cases.held) {
      const at = this.ago(each.hoursAgo);
      const post = await this.write(each, at, 'held');
      await this.open({
        kind: 'post',
        subjectId: post.id,
        communityId: post.communityId,
        tier: 'none',
        openedAt: at,
        dueAt: later(at, 12 * HOUR),
        why: [['hold', 'first-post']],
      });
    }
    await this.open({
      kind: 'member',
      subjectId: this.id(cases.member.handle),
      communityId: null,
      tier: 'watch',
      openedAt: this.ago(cases.member.hoursAgo),
      dueAt: this.ago(-cases.member.dueInHours),
      why: [['concern', 'misused']],
    });
    await this.ofStrategy(cases.strategy);
    await this.removed(cases.closing.removed);
    await this.appealed(cases.closing.appealed);
    await this.lastWeeks(cases.closing.notes);
  }

  private async ofPost(each: LifeCase): Promise<void> {
    const post = await this.post(each.thread, each.number);
    const openedAt = this.ago(each.hoursAgo);
    const found = each.why.some(([source]) => source === 'triage');
    const caseId = await this.open({
      kind: 'post',
      subjectId: post.id,
      communityId: post.communityId,
      tier: each.tier,
      openedAt,
      dueAt: this.ago(-each.dueInHours),
      why: each.why,
      ...(found ? { text: post.body } : {}),
    });
    for (const { by, reason, note } of each.reports ?? [])
      await this.report(caseId, post, by, reason, note, openedAt, null);
    if (each.note !== undefined)
      await this.note(
        caseId,
        each.claimedBy ?? 'lantern-mod',
        each.note,
        later(openedAt, 10 * MINUTE),
      );
    if (each.claimedBy === undefined) return;
    await executeIn(
      this.tx,
      `
        update review_cases
        set claimed_by = :claimedBy, claimed_until = :until, first_read_at = :firstReadAt
        where id = :caseId
      `,
      {
        caseId,
        claimedBy: this.id(each.claimedBy),
        until: later(this.now, 15 * MINUTE),
        firstReadAt: later(openedAt, 5 * MINUTE),
      },
    );
  }

  private async ofStrategy(told: {
    slug: string;
    reason: string;
    by: string;
    note: string;
    hoursAgo: number;
    dueInHours: number;
  }): Promise<void> {
    const [strategy] = await queryIn<{ id: string; name: string; summary: string }>(
      this.tx,
      'select id, name, summary from coping_strategies where slug = :slug',
      { slug: told.slug },
    );
    if (strategy === undefined) return;
    const caseId = await this.open({
      kind: 'strategy',
      subjectId: strategy.id,
      communityId: null,
      tier: 'watch',
      openedAt: this.ago(told.hoursAgo),
      dueAt: this.ago(-told.dueInHours),
      why: [['report', told.reason]],
    });
    await this.report(
      caseId,
      { id: null, title: strategy.name, body: strategy.summary },
      told.by,
      told.reason,
      told.note,
      this.ago(told.hoursAgo),
      null,
    );
  }

  private async removed(taken: TakenThread & { note: string }): Promise<void> {
    const at = later(this.now, -taken.daysAgo * DAY);
    const post = await this.write(taken, at, 'removed');
    const caseId = await this.reported(post, taken, at, 'none');
    await this.note(caseId, 'lantern-mod', taken.note, later(at, 2 * HOUR));
    await this.close(caseId, post, {
      action: 'remove',
      by: 'lantern-mod',
      openedAt: at,
      minutes: 130,
      rule: taken.rule,
      reason: taken.reason,
      foundBy: 'report',
    });
  }

  // Decided by one of the two, so that the other can hear it.
  private async appealed(taken: TakenThread & { statement: string }): Promise<void> {
    const at = later(this.now, -taken.daysAgo * DAY);
    const post = await this.write(taken, at, 'hidden');
    const caseId = await this.reported(post, taken, at, 'watch');
    const decisionId = await this.close(caseId, post, {
      action: 'hide',
      by: 'lantern-mod',
      openedAt: at,
      minutes: 55,
      rule: taken.rule,
      reason: taken.reason,
      foundBy: 'report',
    });
    const asked = this.ago(20);
    const appealId = await this.open({
      kind: 'appeal',
      subjectId: decisionId,
      communityId: post.communityId,
      tier: 'none',
      openedAt: asked,
      dueAt: later(asked, 7 * DAY),
      why: [['appeal', 'author']],
    });
    await executeIn(
      this.tx,
      `
        insert into appeals (decision_id, case_id, appellant_id, appellant, statement, created_at)
        values (:decisionId, :appealId, :authorId, :appellant, :statement, :asked)
      `,
      {
        decisionId,
        appealId,
        authorId: post.authorId,
        appellant: 'author',
        statement: taken.statement,
        asked,
      },
    );
  }

  /**
   * First posts that were let through, reports and worries that came to nothing much: what most of
   * the work is.
   */
  private async lastWeeks(notes: string[]): Promise<void> {
    const random = randomFor(5, 'last weeks');
    const posts = await queryIn<PostRow & { at: Date }>(
      this.tx,
      `
        select p.id, t.id as "threadId", t.community_id as "communityId", p.author_id as "authorId",
          t.title, p.body, p.created_at as "at"
        from posts p
        join threads t on t.id = p.thread_id
       where p.status = 'published'
         and p.alias_id is null
         and p.created_at > :since
         and p.created_at < :value2
         and not p.author_id = any(:value3)
         and not exists (select 1 from review_cases rc where rc.post_id = p.id)
       order by p.created_at, t.title, p.number`,
      {
        since: later(this.now, -28 * DAY),
        value2: later(this.now, -DAY),
        value3: [...MODERATORS, 'kettle-on', 'driftwood'].map((handle) => this.id(handle)),
      },
    );
    const shapes = [
      ['hold', 'first-post', 'none'],
      ['triage', 'watch', 'watch'],
      ['report', 'other', 'watch'],
      ['concern', 'self-harm', 'watch'],
      ['hold', 'first-post', 'none'],
      ['report', 'medication', 'watch'],
      ['triage', 'urgent', 'urgent'],
    ] as const;
    for (const [at, post] of posts.filter(() => random.chance(0.2)).entries()) {
      const [source, reason, tier] = shapes[at % shapes.length] ?? shapes[0];
      const caseId = await this.open({
        kind: 'post',
        subjectId: post.id,
        communityId: post.communityId,
        tier,
        openedAt: post.at,
        dueAt: later(post.at, 12 * HOUR),
        why: [[source, reason]],
      });
      const minutes = (tier === 'urgent' ? 8 : 25) + random.below(tier === 'urgent' ? 60 : 500);
      if (source === 'report' || source === 'concern')
        await this.report(
          caseId,
          post,
          at < 8
            ? 'driftwood'
            : random.pick(['garden-gate', 'mossy-step', 'first-watch', 'wren-in-the-hedge']),
          reason,
          '',
          post.at,
          later(post.at, minutes * MINUTE),
        );
      if (random.chance(0.4))
        await this.note(
          caseId,
          MODERATORS[at % 2] ?? '',
          random.pick(notes),
          later(post.at, minutes * MINUTE),
        );
      await this.close(caseId, post, {
        action: source === 'hold' ? 'publish' : 'dismiss',
        by: MODERATORS[at % 2] ?? '',
        openedAt: post.at,
        minutes,
        rule: '',
        reason: '',
        foundBy: source === 'report' || source === 'concern' ? 'report' : 'screening',
      });
    }
  }

  private async reported(
    post: PostRow,
    taken: TakenThread,
    at: Date,
    tier: string,
  ): Promise<string> {
    const [by, reason, note] = taken.report;
    const caseId = await this.open({
      kind: 'post',
      subjectId: post.id,
      communityId: post.communityId,
      tier,
      openedAt: at,
      dueAt: later(at, 12 * HOUR),
      why: [['report', reason]],
    });
    await this.report(caseId, post, by, reason, note, at, null);
    return caseId;
  }

  private async open(opening: Opening): Promise<string> {
    const found = opening.text === undefined ? null : assessRisk(opening.text);
    const row = await getIn<{ id: string }>(
      this.tx,
      `
        insert into review_cases (kind, ${COLUMN[opening.kind]}, community_id, tier, signals,
          rules_version, due_at, opened_at)
        values (:kind, :subjectId, :communityId, :tier, :signals, :rulesVersion, :dueAt, :openedAt)
        returning id
      `,
      {
        kind: opening.kind,
        subjectId: opening.subjectId,
        communityId: opening.communityId,
        tier: opening.tier,
        signals: JSON.stringify(found?.signals ?? []),
        rulesVersion: found?.rulesVersion ?? null,
        dueAt: opening.dueAt,
        openedAt: opening.openedAt,
      },
    );
    for (const [source, reason] of opening.why)
      await executeIn(
        this.tx,
        `
          insert into case_reasons (case_id, source, reason, created_at)
          values (:rowId, :source, :reason, :openedAt)
        `,
        { rowId: row.id, source, reason, openedAt: opening.openedAt },
      );
    return row.id;
  }

  private async report(
    caseId: string,
    about: { id: string | null; title: string; body: string },
    by: string,
    reason: string,
    note: string,
    at: Date,
    answeredAt: Date | null,
  ): Promise<void> {
    await executeIn(
      this.tx,
      `
        insert into reports (number, case_id, post_id, reporter_id, reason, note, snapshot,
          created_at, answered_at, outcome)
        values (:number, :caseId, :aboutId, :reporterId, :reason, :note, :snapshot, :at,
          :answeredAt, case
          when :answeredAt::timestamptz is null then null
          else 'no-action' end)
      `,
      {
        number: reference('R', (this.reports += 1)),
        caseId,
        aboutId: about.id,
        reporterId: this.id(by),
        reason,
        note,
        snapshot: JSON.stringify({
          title: about.title,
          body: about.body,
          summary: '',
          contentWarnings: [],
          version: 1,
        }),
        at,
        answeredAt,
      },
    );
  }

  private async note(caseId: string, by: string, body: string, at: Date): Promise<void> {
    await executeIn(
      this.tx,
      `
        insert into case_notes (case_id, author_id, body, created_at)
        values (:caseId, :authorId, :body, :at)
      `,
      { caseId, authorId: this.id(by), body, at },
    );
  }

  /** @returns the decision's id */
  private async close(
    caseId: string,
    post: PostRow,
    done: {
      action: string;
      by: string;
      openedAt: Date;
      minutes: number;
      rule: string;
      reason: string;
      foundBy: string;
    },
  ): Promise<string> {
    const at = later(done.openedAt, done.minutes * MINUTE);
    const told = done.action === 'remove' || done.action === 'hide';
    const before = told
      ? {
          post: {
            status: 'published',
            heldFor: null,
            membersOnly: false,
            folded: false,
            addedNotes: [],
          },
        }
      : {};
    const row = await getIn<{ id: string }>(
      this.tx,
      `
        insert into decisions (number, case_id, post_id, member_id, actor_id, action, rule, reason,
          detail, found_by, created_at)
        values (:number, :caseId, :postId, :authorId, :actorId, :action, :rule, :reason, :detail,
          :foundBy, :at)
        returning id
      `,
      {
        number: `D-${reference('D', (this.decisions += 1))}`,
        caseId,
        postId: post.id,
        authorId: post.authorId,
        actorId: this.id(done.by),
        action: done.action,
        rule: done.rule,
        reason: done.reason,
        detail: JSON.stringify({ before, alias: false, message: '', notes: [], held: false, told }),
        foundBy: done.foundBy,
        at,
      },
    );
    await executeIn(
      this.tx,
      `
        update review_cases
        set state = 'closed', closed_at = :at, outcome = :action, version = 2, first_read_at = :at
        where id = :caseId
      `,
      { caseId, at, action: done.action },
    );
    await executeIn(
      this.tx,
      `
        update reports
        set outcome = 'acted', answered_at = :at
        where case_id = :caseId and answered_at is null
      `,
      { caseId, at },
    );
    await executeIn(
      this.tx,
      `
        insert into moderation_log (actor_id, deed, case_id, member_id, post_id, community_id,
          reason, detail, created_at)
        values (:actorId, 'case.decided', :caseId, :authorId, :postId, :communityId, :reason,
          :detail, :at)
      `,
      {
        actorId: this.id(done.by),
        caseId,
        authorId: post.authorId,
        postId: post.id,
        communityId: post.communityId,
        reason: done.reason,
        detail: JSON.stringify({
          decision: row.id,
          action: done.action,
          rule: done.rule,
          second: null,
        }),
        at,
      },
    );
    return row.id;
  }

  private async write(
    thread: LifeThread,
    at: Date,
    status: 'held' | 'removed' | 'hidden',
  ): Promise<PostRow> {
    const authorId = this.id(thread.author);
    const opened = await getIn<{ id: string; communityId: string }>(
      this.tx,
      `
        insert into threads (community_id, title, kind, reply_wish, status, reply_count,
          next_number, last_post_at, created_at)
        select id, :title, :kind, :wish, :status, 0, 2, :at, :at
        from communities
        where slug = :community
        returning id, community_id as "communityId"
      `,
      {
        community: thread.community,
        title: thread.title,
        kind: thread.kind,
        wish: thread.wish,
        status,
        at,
      },
    );
    const post = await getIn<{ id: string }>(
      this.tx,
      `
        insert into posts (thread_id, number, author_id, body, body_html, status, held_for, held_at,
          held_until, created_at)
       values (:openedId, 1, :authorId, :body, :bodyHtml, :status::text, case
         when :status = 'held' then 'first-post' end, case
         when :status = 'held' then :at::timestamptz end, case
         when :status = 'held' then :until::timestamptz end, :at)
       returning id`,
      {
        openedId: opened.id,
        authorId,
        body: thread.body,
        bodyHtml: bodyHtml(thread.body),
        status,
        at,
        until: later(at, 12 * HOUR),
      },
    );
    await executeIn(
      this.tx,
      `
        insert into memberships (community_id, member_id, role, joined_at)
        values (:communityId, :authorId, 'member', :since)
        on conflict
        do nothing
      `,
      { communityId: opened.communityId, authorId, since: later(at, -DAY) },
    );
    return {
      id: post.id,
      threadId: opened.id,
      communityId: opened.communityId,
      authorId,
      title: thread.title,
      body: thread.body,
    };
  }

  private async post(title: string, number: number): Promise<PostRow> {
    const [row] = await queryIn<PostRow>(
      this.tx,
      `
        select p.id, t.id as "threadId", t.community_id as "communityId", p.author_id as "authorId",
          t.title, p.body
        from posts p
        join threads t on t.id = p.thread_id
        where t.title = :title and p.number = :number
      `,
      { title, number },
    );
    if (row === undefined) throw new Error(`no post ${number} in ${title}`);
    return row;
  }

  private id(handle: string): string {
    const id = this.ids.get(handle);
    if (id === undefined) throw new Error(`nobody is called ${handle}`);
    return id;
  }

  private ago(hours: number): Date {
    return later(this.now, -hours * HOUR);
  }
}

const LETTERS = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

function reference(kind: string, at: number): string {
  const random = randomFor(6, `${kind}${at}`);
  return Array.from({ length: 8 }, () => LETTERS.charAt(random.below(LETTERS.length))).join('');
}
