import { moderatedMemberPath } from '../../review/moderated-members.js';
import type { Translator } from '../../i18n/translator.js';
import { postPath } from '../../posts/post-address.js';
import { languageName, textLanguage, type TextLanguage } from '../../posts/text-language.view.js';
import type { AccessibleCase } from '../core/case-access.js';
import type { CaseDetail } from './case.queries.js';
import type { CaseDecisionRow } from './case-history.queries.js';
import type { CaseFacts } from './case-facts.js';
import {
  claimView,
  resultText,
  proposalView,
  type ClaimView,
  type ProposalView,
} from './case-state.view.js';
import {
  authorView,
  previewView,
  strategyLink,
  textView,
  type AuthorView,
  type PreviewView,
  type StrategyLink,
  type TextView,
} from './case-text.view.js';
import { TEXT_OPEN } from '../core/case-place.js';
import { reasonWords, dueWords } from '../core/case-labels.js';
import { ruleWords } from '../core/rule-labels.js';

interface Link {
  name: string;
  href: string;
}

interface DecisionView {
  number: string;
  appealed: boolean;
  text: string;
  who: string;
  rule: string | null;
  reason: string;
  when: string;
  reversed: boolean;
}

export interface CaseView {
  id: string;
  tier: { key: string; label: string };
  what: string;
  why: string[];
  open: boolean;
  age: string;
  due: string | null;
  closed: string | null;
  movedOn: string | null;
  claim: ClaimView;
  involved: boolean;
  author: AuthorView;
  place: Link | null;
  thread: { href: string } | null;
  status: string | null;
  /** The language of the text, if it differs from that of the page. */
  language: (TextLanguage & { name: string }) | null;
  strategy: StrategyLink | null;
  hasWords: boolean;
  /** Null if the case is not about a post. */
  preview: PreviewView | null;
  /** Null until the viewer opens the text. */
  text: TextView | null;
  /** Added to the address of forms that return to the case, so that its text stays open. */
  keepOpen: string;
  rulesVersion: string | null;
  signals: number;
  reports: string | null;
  appeals: { who: string; statement: string; when: string }[];
  decisions: DecisionView[];
  handling: boolean;
  past: { text: string; rule: string | null; when: string; reversed: boolean }[];
  notes: { body: string; who: string | null; when: string }[];
  member: { handle: string; href: string } | null;
  /** A link to the notes of colleagues, which follow the decision on a phone. */
  colleagueNotes: string | null;
  timeline: { text: string; note: string | null; when: string; exactly: string }[];
  messages: { body: string; who: string; when: string }[];
  /** The decision to which an answer to the last message belongs. */
  answerTo: string | null;
  proposal: ProposalView | null;
  followUp: { mine: boolean; due: string } | null;
  alias: boolean;
}

export function caseView(facts: CaseFacts, i18n: Translator): CaseView {
  const { access, detail, now } = facts;
  const place = detail.communityName ?? i18n.t('moderation.queue.no-place');
  const subject = access.kind !== 'post' ? access.kind : detail.number === 1 ? 'opening' : 'reply';
  const last = facts.decisions.filter(({ id }) => id !== access.decisionId).at(-1);
  return {
    id: access.id,
    tier: { key: access.tier, label: i18n.t(`moderation.tier.${access.tier}`) },
    what: i18n.t(`moderation.what.${subject}`, { place }),
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
    movedOn: facts.movedOn ? resultText(facts, last, i18n) : null,
    claim: claimView(facts, i18n),
    involved: access.involved,
    author: authorView(detail, i18n),
    place: detail.slug === null ? null : { name: place, href: `/c/${detail.slug}` },
    thread:
      detail.threadId === null || detail.number === null
        ? null
        : { href: postPath(detail.threadId, detail.number) },
    status: statusText(detail, i18n),
    language: languageView(detail, i18n),
    strategy: detail.strategy === null ? null : strategyLink(detail.strategy),
    hasWords: detail.body !== null || detail.strategy !== null || facts.reports.length > 0,
    preview: previewView(detail, i18n),
    text: facts.opened ? textView(facts, i18n) : null,
    keepOpen: facts.opened ? TEXT_OPEN : '',
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
    decisions: facts.decisions.map((one) => decisionView(one, access, i18n)),
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
        : { handle: detail.handle, href: moderatedMemberPath(detail.handle) },
    colleagueNotes: notesText(facts, i18n),
    timeline: facts.timeline
      .filter(({ action }) => action !== 'case.read')
      .map((row) => ({
        text: i18n.t(`moderation.audit.${row.action}`, {
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

function notesText({ timeline }: CaseFacts, i18n: Translator): string | null {
  const count = timeline.filter(({ kind }) => kind === 'note').length;
  return count === 0 ? null : i18n.t('moderation.case.note-count', { count });
}

function languageView({ language }: CaseDetail, i18n: Translator): CaseView['language'] {
  const other = textLanguage(language, i18n);
  return other === null ? null : { ...other, name: languageName(other.code, i18n) };
}

function statusText({ status, heldFor }: CaseDetail, i18n: Translator): string | null {
  if (status === null) return null;
  const key = status === 'held' && heldFor === 'returned' ? 'returned' : status;
  return i18n.t(`moderation.status.${key}`);
}

function decisionView(
  one: CaseDecisionRow,
  access: AccessibleCase,
  i18n: Translator,
): DecisionView {
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
