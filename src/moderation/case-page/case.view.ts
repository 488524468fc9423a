import type { Translator } from '../../i18n/translator.js';
import type { Viewer } from '../../http/viewer.js';
import { postPath } from '../../posts/post-address.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { CaseDetail, CaseReasonRow, ContextRow, ReportRow } from './case.queries.js';
import type {
  AppealRow,
  CaseDecisionRow,
  MemberNoteRow,
  MessageRow,
  PastRow,
  TimelineRow,
  WaitingRow,
} from './case-history.queries.js';
import { authorView, strategyLink, textView } from './case-text.view.js';
import { reasonWords, dueWords } from '../core/case-labels.js';
import { ruleWords } from '../core/rule-labels.js';

export interface CaseFacts {
  access: AccessibleCase;
  viewer: Viewer;
  detail: CaseDetail;
  reasons: CaseReasonRow[];
  reports: ReportRow[];
  context: ContextRow[];
  timeline: TimelineRow[];
  past: PastRow[];
  notes: MemberNoteRow[];
  decisions: CaseDecisionRow[];
  appeals: AppealRow[];
  waiting: WaitingRow;
  messages: MessageRow[];
  now: Date;
  opened: boolean;
  handling: boolean;
  movedOn: boolean;
}

export function caseView(facts: CaseFacts, i18n: Translator): object {
  const { access, detail, now } = facts;
  const place = detail.communityName ?? i18n.t('moderation.queue.no-place');
  const last = facts.decisions.filter(({ id }) => id !== access.decisionId).at(-1);
  return {
    id: access.id,
    tier: { key: access.tier, label: i18n.t(`moderation.tier.${access.tier}`) },
    what: i18n.t(
      `moderation.what.${access.kind === 'post' ? (detail.number === 1 ? 'opening' : 'reply') : access.kind}`,
      { place },
    ),
    why: reasonWords(i18n, facts.reasons),
    open: access.state === 'open',
    age: i18n.t('moderation.queue.opened', { when: i18n.when(detail.openedAt) }),
    due: access.state === 'open' ? dueWords(detail.dueAt, now, i18n) : null,
    closed:
      access.state === 'closed' && detail.closedAt !== null
        ? i18n.t('moderation.queue.closed', {
            when: i18n.when(detail.closedAt),
            outcome: i18n.t(`moderation.done.${detail.outcome ?? 'dismiss'}`),
          })
        : null,
    movedOn: facts.movedOn ? movedOn(facts, last, i18n) : null,
    claim: claimView(facts, i18n),
    involved: access.involved,
    author: authorView(detail, i18n),
    place: detail.slug === null ? null : { name: place, href: `/c/${detail.slug}` },
    thread:
      detail.threadId === null || detail.number === null
        ? null
        : { href: postPath(detail.threadId, detail.number) },
    status:
      detail.status === null
        ? null
        : i18n.t(
            `moderation.status.${detail.status === 'held' && detail.heldFor === 'returned' ? 'returned' : detail.status}`,
          ),
    strategy: detail.strategy === null ? null : strategyLink(detail.strategy),
    hasWords: detail.body !== null || detail.strategy !== null || facts.reports.length > 0,
    text: facts.opened ? textView(facts, i18n) : null,
    rulesVersion: detail.rulesVersion,
    signals: detail.signals.length,
    reports:
      facts.reports.length === 0
        ? null
        : i18n.t('moderation.queue.reports', { count: facts.reports.length }),
    appeals: facts.appeals.map((appeal) => ({
      who: i18n.t(`moderation.appellant.${appeal.appellant}`),
      statement: appeal.statement,
      when: i18n.when(appeal.at),
    })),
    decisions: facts.decisions.map((one) => decisionRow(one, access, i18n)),
    handling: facts.handling,
    past: facts.past.map((one) => ({
      text: i18n.t(`moderation.done.${one.action}`),
      rule: ruleWords(one.rule, i18n),
      when: i18n.when(one.at),
      reversed: one.reversed,
    })),
    notes: facts.notes.map((note) => ({
      body: note.body,
      who: note.who,
      when: i18n.when(note.at),
    })),
    member:
      detail.handle === null
        ? null
        : { handle: detail.handle, href: `/mod/members/${detail.handle}` },
    timeline: facts.timeline
      .filter(({ action }) => action !== 'case.read')
      .map((row) => ({
        text: i18n.t(`moderation.deed.${row.action}`, {
          who: row.who ?? i18n.t('moderation.somebody'),
        }),
        note: row.kind === 'note' ? row.text : null,
        when: i18n.when(row.at),
        exactly: i18n.exactly(row.at),
      })),
    messages: facts.messages.map((one) => ({
      body: one.body,
      who: i18n.t(one.fromTeam ? 'moderation.message.team' : 'moderation.message.member'),
      when: i18n.when(one.at),
    })),
    answerTo: facts.messages.at(-1)?.decisionId ?? null,
    proposal: proposalView(facts, i18n),
    followUp:
      facts.waiting.followUp === null
        ? null
        : {
            mine: facts.waiting.followUp.mine,
            due: dueWords(new Date(facts.waiting.followUp.due), now, i18n),
          },
    alias: detail.aliasName !== null,
  };
}

function claimView({ access, viewer, now, waiting }: CaseFacts, i18n: Translator): object {
  const mine = access.claimedBy === viewer.memberId;
  const minutes =
    access.claimedUntil === null
      ? 0
      : Math.max(1, Math.round((access.claimedUntil.getTime() - now.getTime()) / 60_000));
  return {
    mine,
    free: access.state === 'open' && access.claimedBy === null && !access.involved,
    taken:
      access.claimedBy !== null && !mine
        ? i18n.t('moderation.claim.taken', { handle: access.claimedHandle ?? '', count: minutes })
        : null,
    until: mine ? i18n.t('moderation.claim.yours', { count: minutes }) : null,
    waits: waiting.proposal !== null,
  };
}

function decisionRow(one: CaseDecisionRow, access: AccessibleCase, i18n: Translator): object {
  return {
    number: one.number,
    appealed: one.id === access.decisionId,
    text: i18n.t(`moderation.done.${one.action}`),
    who:
      one.second === null
        ? (one.who ?? i18n.t('moderation.somebody'))
        : i18n.list([one.who ?? i18n.t('moderation.somebody'), one.second]),
    rule: ruleWords(one.rule, i18n),
    reason: one.reason,
    when: i18n.when(one.at),
    reversed: one.reversed,
  };
}

function movedOn(facts: CaseFacts, last: CaseDecisionRow | undefined, i18n: Translator): string {
  const { access, viewer } = facts;
  if (access.state === 'closed' && last !== undefined)
    return i18n.t('moderation.moved-on.decided', {
      who: last.who ?? i18n.t('moderation.somebody'),
      what: i18n.t(`moderation.done.${last.action}`),
      when: i18n.when(last.at),
    });
  if (access.claimedBy !== null && access.claimedBy !== viewer.memberId)
    return i18n.t('moderation.moved-on.claimed', { who: access.claimedHandle ?? '' });
  if (facts.waiting.proposal !== null)
    return i18n.t('moderation.moved-on.proposed', { who: facts.waiting.proposal.who });
  return i18n.t('moderation.moved-on.new');
}

function proposalView({ waiting, access }: CaseFacts, i18n: Translator): object | null {
  if (waiting.proposal === null) return null;
  const { form, who, mine } = waiting.proposal;
  const action = typeof form.action === 'string' ? form.action : 'dismiss';
  const reason = typeof form.reason === 'string' ? form.reason : '';
  return {
    id: waiting.proposal.id,
    text: i18n.t('moderation.proposal.text', {
      who,
      what: i18n.t(`moderation.action.${action}.label`),
    }),
    reason,
    mine: mine || access.involved,
  };
}
