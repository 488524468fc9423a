import { AccountLimits } from '../../src/accounts/account-limits.service.js';
import type { Viewer } from '../../src/http/viewer.js';
import { CaseAccess } from '../../src/moderation/core/case-access.js';
import { AppealAnswers } from '../../src/moderation/decisions/appeal-answers.js';
import type { DecideForm } from '../../src/moderation/decisions/decide.dto.js';
import { Deciding } from '../../src/moderation/decisions/deciding.service.js';
import { DecisionRecord } from '../../src/moderation/decisions/decision-record.service.js';
import { Effects } from '../../src/moderation/decisions/effects.service.js';
import { Reversals } from '../../src/moderation/decisions/reversals.service.js';
import { BulkDeciding } from '../../src/moderation/queue/bulk-deciding.service.js';
import { Claims } from '../../src/moderation/queue/claims.service.js';
import { Messages } from '../../src/i18n/messages.js';
import { Outbox } from '../../src/outbox/outbox.js';
import { PostStateChange } from '../../src/posts/post-state.service.js';
import { Publishing } from '../../src/posts/publishing.service.js';
import { AuditLog } from '../../src/review/audit-log.js';
import { ThreadCare } from '../../src/threads/thread-care.service.js';
import type { TestDatabase } from './database.js';
import type { Factory } from './factory.js';
import { viewer } from './viewers.js';

export interface ModerationServices {
  readonly effects: Effects;
  readonly deciding: Deciding;
  readonly bulk: BulkDeciding;
  readonly claims: Claims;
  readonly reversals: Reversals;
}

/** The services that decide cases, on the database and clock of a spec. */
export function moderationServices({ database, sql, clock }: TestDatabase): ModerationServices {
  const outbox = new Outbox();
  const auditLog = new AuditLog(clock);
  const access = new CaseAccess(sql, clock);
  const posts = new PostStateChange(new Publishing(clock, outbox, new Messages()));
  const threads = new ThreadCare(clock);
  const accounts = new AccountLimits();
  const effects = new Effects(posts, threads, accounts, clock);
  const reversals = new Reversals(posts, threads, accounts);
  const appeals = new AppealAnswers(effects, reversals, clock);
  const records = new DecisionRecord(clock, outbox, auditLog);
  const deciding = new Deciding(
    database,
    clock,
    outbox,
    access,
    effects,
    appeals,
    records,
    auditLog,
    threads,
  );
  return {
    effects,
    deciding,
    bulk: new BulkDeciding(sql, clock, deciding),
    reversals,
    claims: new Claims(database, clock, access, auditLog),
  };
}

/** The communities `here` and `there`, an author and a moderator. */
export async function decisionPeople(
  make: Factory,
): Promise<{ memberId: string; actorId: string }> {
  await make.community({ slug: 'here' });
  await make.community({ slug: 'there' });
  return { memberId: await make.member('author'), actorId: await make.member('mod') };
}

/** A new thread in `here` with a reply by the author. */
export async function decisionThread(make: Factory): Promise<{ threadId: string; postId: string }> {
  const threadId = await make.thread({ community: 'here' });
  return { threadId, postId: await make.reply({ thread: threadId, author: 'author' }) };
}

/** The address of the community that a thread is in. */
export async function communityOfThread(make: Factory, threadId: string): Promise<string> {
  const { slug } = await make.one<{ slug: string }>(
    'select c.slug from threads t join communities c on c.id = t.community_id where t.id = $1',
    [threadId],
  );
  return slug;
}

/** A member who moderates one community. */
export async function moderatorOf(make: Factory, slug: string, handle: string): Promise<Viewer> {
  await make.join(handle, slug, 'moderator');
  return make.viewer(handle);
}

/** The audit log actions of a case, oldest first. */
export async function actionsOn(make: Factory, caseId: string): Promise<string[]> {
  const rows = await make.all<{ action: string }>(
    'select deed as action from moderation_log where case_id = $1 order by id',
    [caseId],
  );
  return rows.map(({ action }) => action);
}

/** The number of events of a kind with the given id. */
export async function eventCount(
  make: Factory,
  event: string,
  ids: Readonly<Record<string, string>>,
): Promise<number> {
  const { count } = await make.one<{ count: number }>(
    'select count(*)::int as count from outbox where event = $1 and ids @> $2::jsonb',
    [event, JSON.stringify(ids)],
  );
  return count;
}

/** A logged-in viewer who moderates, with default properties. */
export function viewerOf(memberId: string, role: Viewer['role'] = 'member'): Viewer {
  return viewer({ memberId, handle: `member-${memberId}`, role, locale: null, moderates: true });
}

/** A submitted decision form, with a rule and a reason. */
export function decision(change: Partial<DecideForm>): DecideForm {
  return {
    action: 'dismiss',
    rule: 'kind',
    reason: 'Because of the words.',
    message: '',
    contentWarnings: [],
    days: '',
    scope: '',
    community: '',
    version: '',
    ...change,
  };
}
