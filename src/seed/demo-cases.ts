import { DAY, HOUR, later, MINUTE } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn, queryIn } from '../kernel/sql.js';
import { DemoCaseRows } from './demo-case-rows.js';
import { closeLastWeeks } from './demo-last-weeks.js';
import { DemoPosts, type PostRow } from './demo-posts.js';
import { lifeCases, type LifeCase, type TakenThread } from './life-files.js';

/**
 * Creates the moderation queue and its history of the last weeks, in the transaction that loads the
 * demo.
 */
export class DemoCases {
  private readonly rows: DemoCaseRows;
  private readonly posts: DemoPosts;

  constructor(
    private readonly tx: Tx,
    private readonly ids: ReadonlyMap<string, string>,
    private readonly now: Date,
  ) {
    this.rows = new DemoCaseRows(tx, ids);
    this.posts = new DemoPosts(tx, ids);
  }

  async load(): Promise<void> {
    const cases = lifeCases();
    for (const each of cases.open) await this.ofPost(each);
    for (const each of cases.held) {
      const at = this.ago(each.hoursAgo);
      const post = await this.posts.write(each, at, 'held');
      await this.rows.open({
        kind: 'post',
        subjectId: post.id,
        communityId: post.communityId,
        tier: 'none',
        openedAt: at,
        dueAt: later(at, 12 * HOUR),
        why: [['hold', 'first-post']],
      });
    }
    await this.rows.open({
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
    await closeLastWeeks(this.tx, this.ids, this.rows, this.now, cases.closing.notes);
  }

  private async ofPost(each: LifeCase): Promise<void> {
    const post = await this.posts.post(each.thread, each.number);
    const openedAt = this.ago(each.hoursAgo);
    const isTriaged = each.why.some(([source]) => source === 'triage');
    const caseId = await this.rows.open({
      kind: 'post',
      subjectId: post.id,
      communityId: post.communityId,
      tier: each.tier,
      openedAt,
      dueAt: this.ago(-each.dueInHours),
      why: each.why,
      ...(isTriaged ? { text: post.body } : {}),
    });
    for (const { by, reason, note } of each.reports ?? [])
      await this.rows.report(caseId, post, by, reason, note, openedAt, null);
    if (each.note !== undefined)
      await this.rows.note(
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

  private async ofStrategy(strategyCase: {
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
      { slug: strategyCase.slug },
    );
    if (strategy === undefined) return;
    const caseId = await this.rows.open({
      kind: 'strategy',
      subjectId: strategy.id,
      communityId: null,
      tier: 'watch',
      openedAt: this.ago(strategyCase.hoursAgo),
      dueAt: this.ago(-strategyCase.dueInHours),
      why: [['report', strategyCase.reason]],
    });
    await this.rows.report(
      caseId,
      { id: null, title: strategy.name, body: strategy.summary },
      strategyCase.by,
      strategyCase.reason,
      strategyCase.note,
      this.ago(strategyCase.hoursAgo),
      null,
    );
  }

  private async removed(taken: TakenThread & { note: string }): Promise<void> {
    const at = later(this.now, -taken.daysAgo * DAY);
    const post = await this.posts.write(taken, at, 'removed');
    const caseId = await this.reported(post, taken, at, 'none');
    await this.rows.note(caseId, 'lantern-mod', taken.note, later(at, 2 * HOUR));
    await this.rows.close(caseId, post, {
      action: 'remove',
      by: 'lantern-mod',
      openedAt: at,
      minutes: 130,
      rule: taken.rule,
      reason: taken.reason,
      foundBy: 'report',
    });
  }

  // Decided by one moderator, so that the other can answer the appeal.
  private async appealed(taken: TakenThread & { statement: string }): Promise<void> {
    const at = later(this.now, -taken.daysAgo * DAY);
    const post = await this.posts.write(taken, at, 'hidden');
    const caseId = await this.reported(post, taken, at, 'watch');
    const decisionId = await this.rows.close(caseId, post, {
      action: 'hide',
      by: 'lantern-mod',
      openedAt: at,
      minutes: 55,
      rule: taken.rule,
      reason: taken.reason,
      foundBy: 'report',
    });
    const requestedAt = this.ago(20);
    const appealId = await this.rows.open({
      kind: 'appeal',
      subjectId: decisionId,
      communityId: post.communityId,
      tier: 'none',
      openedAt: requestedAt,
      dueAt: later(requestedAt, 7 * DAY),
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
        asked: requestedAt,
      },
    );
  }

  private async reported(
    post: PostRow,
    taken: TakenThread,
    at: Date,
    tier: string,
  ): Promise<string> {
    const [by, reason, note] = taken.report;
    const caseId = await this.rows.open({
      kind: 'post',
      subjectId: post.id,
      communityId: post.communityId,
      tier,
      openedAt: at,
      dueAt: later(at, 12 * HOUR),
      why: [['report', reason]],
    });
    await this.rows.report(caseId, post, by, reason, note, at, null);
    return caseId;
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
