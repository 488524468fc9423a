import type { FormView } from '../../http/form-page.js';
import { later } from '../../kernel/clock.js';
import type { Translator } from '../../i18n/translator.js';
import { postPath } from '../../posts/post-address.js';
import { APPEAL_PERIOD, appealObstacle } from './appeals.service.js';
import { NO_END_DATE } from './effects.service.js';
import type { OwnAppeal, StatementRow } from './statement.queries.js';
import type { StatementFacts } from './statement.service.js';
import { ruleWords } from '../core/rule-labels.js';

interface DetailLine {
  term: string;
  text: string;
}

interface AppealView {
  statement: string;
  when: string;
  outcome: string | null;
  answer: string;
}

/** Fields of the statement itself are null for a reporter, who sees only the outcome. */
export interface StatementView {
  id: string;
  number: string;
  author: boolean;
  lead: string;
  report: string | null;
  done: string | null;
  reason: string | null;
  message: string | null;
  rule: string | null;
  notes: string | null;
  until: string | null;
  reversed: string | null;
  /** The text, if others cannot read it. */
  body: string | null;
  edit: string | null;
  post: string | null;
  details: DetailLine[] | null;
  messages: { body: string; who: string; when: string; mine: boolean }[];
  appeal: AppealView | null;
  mayAppeal: boolean;
  tooLate: boolean;
  appealUntil: string;
  form: FormView;
}

/**
 * Opens with a human sentence, then says what was done and why, then how to appeal; the legally
 * required details are in a collapsed section.
 */
export function statementView(
  { decision, appeal, messages, form, now }: StatementFacts & { form: FormView },
  i18n: Translator,
): StatementView {
  const author = decision.as === 'author';
  const others = limitedByOthers(decision, now);
  const obstacle = appealObstacle(decision, appeal !== null, now);
  return {
    id: decision.id,
    number: decision.number,
    author,
    lead: i18n.t(
      author
        ? `moderation.statement.lead.${decision.action}`
        : `moderation.outcome.${decision.reportOutcome === 'no-action' ? 'no-action' : 'acted'}`,
    ),
    report: author ? null : decision.reportNumber,
    done: author ? doneText(decision, i18n) : null,
    reason: author ? decision.reason : null,
    message: author && decision.message !== '' ? decision.message : null,
    rule: author ? ruleWords(decision.rule, i18n) : null,
    notes:
      author && decision.notes !== null && decision.notes.length > 0
        ? i18n.list(decision.notes.map((note) => i18n.t(`posts.note.${note}`)))
        : null,
    until: untilText(decision, i18n),
    reversed: reversedText(decision, others, i18n),
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
    details: author ? detailLines(decision, i18n) : null,
    messages: author
      ? messages.map((one) => ({
          body: one.body,
          who: i18n.t(one.fromTeam ? 'moderation.message.team' : 'moderation.message.you'),
          when: i18n.when(one.at),
          mine: !one.fromTeam,
        }))
      : [],
    appeal: appeal === null ? null : appealView(appeal, others, i18n),
    mayAppeal: obstacle === null,
    tooLate: obstacle === 'late',
    appealUntil: i18n.date(later(decision.createdAt, APPEAL_PERIOD)),
    form,
  };
}

function doneText(decision: StatementRow, i18n: Translator): string {
  const title =
    decision.title === null
      ? null
      : decision.postNumber === 1
        ? i18n.t('moderation.statement.thread', { title: decision.title })
        : i18n.t('moderation.statement.reply', { title: decision.title });
  const readOnly = decision.action === 'suspend' && decision.scope === 'read-only';
  return i18n.t(`moderation.statement.done.${readOnly ? 'read-only' : decision.action}`, {
    what: title ?? i18n.t('moderation.statement.account'),
  });
}

function untilText(decision: StatementRow, i18n: Translator): string | null {
  if (decision.as !== 'author') return null;
  if (decision.endsAt !== null) {
    const until = i18n.t('moderation.statement.until', { when: i18n.deadline(decision.endsAt) });
    return `${until} ${longerText(decision, i18n)}`.trim();
  }
  return decision.forever ? i18n.t('moderation.statement.forever') : null;
}

function reversedText(
  { reversedAt }: StatementRow,
  others: boolean,
  i18n: Translator,
): string | null {
  if (reversedAt === null) return null;
  return i18n.t(`moderation.statement.${others ? 'reversed-others' : 'reversed'}`, {
    when: i18n.date(reversedAt),
  });
}

/** Whether the post or account stays limited for another reason after the decision is reversed. */
function limitedByOthers({ action, stillLimited, limitedUntil }: StatementRow, now: Date): boolean {
  return action === 'suspend' ? limitedUntil !== null && limitedUntil > now : stillLimited;
}

/** A sentence saying that another pause keeps the account limited beyond the end of this one. */
function longerText({ endsAt, limitedUntil, reversedAt }: StatementRow, i18n: Translator): string {
  if (endsAt === null || reversedAt !== null || limitedUntil === null || limitedUntil <= endsAt)
    return '';
  if (limitedUntil >= NO_END_DATE) return i18n.t('moderation.statement.longer-forever');
  return i18n.t('moderation.statement.longer', { when: i18n.deadline(limitedUntil) });
}

function detailLines(decision: StatementRow, i18n: Translator): DetailLine[] {
  const line = (key: string, text: string): DetailLine => ({
    term: i18n.t(`moderation.statement.term.${key}`),
    text,
  });
  return [
    line('number', decision.number),
    line('date', i18n.exactly(decision.createdAt)),
    line(
      'scope',
      decision.communityName === null
        ? i18n.t('moderation.statement.everywhere')
        : i18n.t('moderation.statement.in', { place: decision.communityName }),
    ),
    line('found', i18n.t(`moderation.statement.found.${decision.foundBy}`)),
    line(
      'decided',
      i18n.t(decision.second ? 'moderation.statement.two' : 'moderation.statement.one'),
    ),
    line('basis', ruleWords(decision.rule, i18n) ?? i18n.t('moderation.statement.no-rule')),
    line('appeal', i18n.t('moderation.statement.how')),
  ];
}

function appealView(appeal: OwnAppeal, others: boolean, i18n: Translator): AppealView {
  const outcome = appeal.outcome === 'reversed' && others ? 'reversed-others' : appeal.outcome;
  return {
    statement: appeal.statement,
    when: i18n.date(appeal.createdAt),
    outcome: outcome === null ? null : i18n.t(`moderation.appeal-outcome.${outcome}`),
    answer: appeal.answer,
  };
}
