import type { FormView } from '../http/errors-in-form.js';
import { later } from '../kernel/clock.js';
import type { Words } from '../kernel/words.js';
import { postPath } from '../posts/post-address.js';
import { APPEAL_WITHIN, appealHindrance } from './appeals.service.js';
import { ruleWords } from './case.view.js';
import { NEVER } from './effects.service.js';
import type { OwnAppeal, StatementRow } from './statement.queries.js';

export interface StatementFacts {
  decision: StatementRow;
  appeal: OwnAppeal | null;
  messages: { body: string; fromTeam: boolean; at: Date }[];
  form: FormView;
  now: Date;
}

/**
 * First a human line, then what was done and why, then the way to disagree; what the law asks for
 * stands under details.
 */
export function statementView(
  { decision, appeal, messages, form, now }: StatementFacts,
  words: Words,
): object {
  const author = decision.as === 'author';
  const others = othersStand(decision, now);
  const hindrance = appealHindrance(decision, appeal !== null, now);
  return {
    id: decision.id,
    number: decision.number,
    author,
    lead: words.t(
      author
        ? `moderation.statement.lead.${decision.action}`
        : `moderation.outcome.${decision.reportOutcome === 'no-action' ? 'no-action' : 'acted'}`,
    ),
    report: author ? null : decision.reportNumber,
    done: author ? doneWords(decision, words) : null,
    reason: author ? decision.reason : null,
    message: author && decision.message !== '' ? decision.message : null,
    rule: author ? ruleWords(decision.rule, words) : null,
    notes:
      author && decision.notes !== null && decision.notes.length > 0
        ? words.list(decision.notes.map((note) => words.t(`posts.note.${note}`)))
        : null,
    until: untilWords(decision, words),
    reversed: reversedWords(decision, others, words),
    body:
      author && decision.body !== null && decision.body !== '' && decision.status !== 'published'
        ? decision.body
        : null,
    edit:
      author &&
      decision.heldFor === 'returned' &&
      decision.status === 'held' &&
      decision.postId !== null
        ? `/posts/${decision.postId}/edit`
        : null,
    post:
      author &&
      decision.threadId !== null &&
      decision.postNumber !== null &&
      decision.status === 'published'
        ? postPath(decision.threadId, decision.postNumber)
        : null,
    details: author ? legal(decision, words) : null,
    messages: author
      ? messages.map((one) => ({
          body: one.body,
          who: words.t(one.fromTeam ? 'moderation.message.team' : 'moderation.message.you'),
          when: words.when(one.at),
          mine: !one.fromTeam,
        }))
      : [],
    appeal: appeal === null ? null : appealView(appeal, others, words),
    mayAppeal: hindrance === null,
    tooLate: hindrance === 'late',
    appealUntil: words.date(later(decision.createdAt, APPEAL_WITHIN)),
    form,
  };
}

function doneWords(decision: StatementRow, words: Words): string {
  const title =
    decision.title === null
      ? null
      : decision.postNumber === 1
        ? words.t('moderation.statement.thread', { title: decision.title })
        : words.t('moderation.statement.reply', { title: decision.title });
  return words.t(
    `moderation.statement.done.${decision.action === 'suspend' && decision.scope === 'read-only' ? 'read-only' : decision.action}`,
    { what: title ?? words.t('moderation.statement.account') },
  );
}

function untilWords(decision: StatementRow, words: Words): string | null {
  if (decision.as !== 'author') return null;
  if (decision.endsAt !== null) {
    const until = words.t('moderation.statement.until', { when: words.exactly(decision.endsAt) });
    return `${until} ${longerWords(decision, words)}`.trim();
  }
  return decision.forever ? words.t('moderation.statement.forever') : null;
}

function reversedWords({ reversedAt }: StatementRow, others: boolean, words: Words): string | null {
  if (reversedAt === null) return null;
  return words.t(`moderation.statement.${others ? 'reversed-others' : 'reversed'}`, {
    when: words.date(reversedAt),
  });
}

/** Taken back, while something else still limits what it was about. */
function othersStand({ action, stillLimited, limitedUntil }: StatementRow, now: Date): boolean {
  return action === 'suspend' ? limitedUntil !== null && limitedUntil > now : stillLimited;
}

/** Where another pause lasts longer, this one's end does not open the account. */
function longerWords({ endsAt, limitedUntil, reversedAt }: StatementRow, words: Words): string {
  if (endsAt === null || reversedAt !== null || limitedUntil === null || limitedUntil <= endsAt)
    return '';
  if (limitedUntil >= NEVER) return words.t('moderation.statement.longer-forever');
  return words.t('moderation.statement.longer', { when: words.exactly(limitedUntil) });
}

function legal(decision: StatementRow, words: Words): { term: string; text: string }[] {
  const line = (key: string, text: string): { term: string; text: string } => ({
    term: words.t(`moderation.statement.term.${key}`),
    text,
  });
  return [
    line('number', decision.number),
    line('date', words.exactly(decision.createdAt)),
    line(
      'scope',
      decision.communityName === null
        ? words.t('moderation.statement.everywhere')
        : words.t('moderation.statement.in', { place: decision.communityName }),
    ),
    line('found', words.t(`moderation.statement.found.${decision.foundBy}`)),
    line(
      'decided',
      words.t(decision.second ? 'moderation.statement.two' : 'moderation.statement.one'),
    ),
    line('basis', ruleWords(decision.rule, words) ?? words.t('moderation.statement.no-rule')),
    line('appeal', words.t('moderation.statement.how')),
  ];
}

function appealView(appeal: OwnAppeal, others: boolean, words: Words): object {
  const outcome = appeal.outcome === 'reversed' && others ? 'reversed-others' : appeal.outcome;
  return {
    statement: appeal.statement,
    when: words.date(appeal.createdAt),
    outcome: outcome === null ? null : words.t(`moderation.appeal-outcome.${outcome}`),
    answer: appeal.answer,
  };
}
