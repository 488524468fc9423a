import type { Words } from '../kernel/words.js';
import type { Viewer } from '../http/viewer.js';
import { isConcern } from '../safety/targets.js';
import { postPath } from '../posts/post-address.js';
import { RULES } from './actions.js';
import type { CaseAccess } from './case-access.js';
import type {
  AppealRow,
  CaseDecisionRow,
  CaseDetail,
  CaseReasonRow,
  ContextRow,
  MemberNoteRow,
  MessageRow,
  PastRow,
  ReportRow,
  TimelineRow,
  WaitingRow,
} from './case.queries.js';
import { highlighted } from './highlight.js';
import { dueWords, reasonWords } from './queue.view.js';

export interface CaseFacts {
  access: CaseAccess;
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

export function caseView(facts: CaseFacts, words: Words): object {
  const { access, detail, now } = facts;
  const place = detail.communityName ?? words.t('moderation.queue.no-place');
  const last = facts.decisions.filter(({ id }) => id !== access.decisionId).at(-1);
  return {
    id: access.id,
    tier: { key: access.tier, label: words.t(`moderation.tier.${access.tier}`) },
    what: words.t(
      `moderation.what.${access.kind === 'post' ? (detail.number === 1 ? 'opening' : 'reply') : access.kind}`,
      { place },
    ),
    why: reasonWords(words, facts.reasons),
    open: access.state === 'open',
    age: words.t('moderation.queue.opened', { when: words.when(detail.openedAt) }),
    due: access.state === 'open' ? dueWords(detail.dueAt, now, words) : null,
    closed:
      access.state === 'closed' && detail.closedAt !== null
        ? words.t('moderation.queue.closed', {
            when: words.when(detail.closedAt),
            outcome: words.t(`moderation.done.${detail.outcome ?? 'dismiss'}`),
          })
        : null,
    movedOn: facts.movedOn ? movedOn(facts, last, words) : null,
    claim: claimView(facts, words),
    involved: access.involved,
    author: authorView(detail, words),
    place: detail.slug === null ? null : { name: place, href: `/c/${detail.slug}` },
    thread:
      detail.threadId === null || detail.number === null
        ? null
        : { href: postPath(detail.threadId, detail.number) },
    status:
      detail.status === null
        ? null
        : words.t(
            `moderation.status.${detail.status === 'held' && detail.heldFor === 'returned' ? 'returned' : detail.status}`,
          ),
    strategy:
      detail.strategy === null
        ? null
        : {
            name: detail.strategy.name,
            href: `${access.state === 'open' ? '/mod' : ''}/strategies/${detail.strategy.slug}`,
          },
    hasWords: detail.body !== null,
    text: facts.opened ? textView(facts, words) : null,
    rulesVersion: detail.rulesVersion,
    signals: detail.signals.length,
    reports:
      facts.reports.length === 0
        ? null
        : words.t('moderation.queue.reports', { count: facts.reports.length }),
    appeals: facts.appeals.map((appeal) => ({
      who: words.t(`moderation.appellant.${appeal.appellant}`),
      statement: appeal.statement,
      when: words.when(appeal.at),
    })),
    decisions: facts.decisions.map((one) => decisionRow(one, access, words)),
    handling: facts.handling,
    past: facts.past.map((one) => ({
      text: words.t(`moderation.done.${one.action}`),
      rule: ruleWords(one.rule, words),
      when: words.when(one.at),
      reversed: one.reversed,
    })),
    notes: facts.notes.map((note) => ({
      body: note.body,
      who: note.who,
      when: words.when(note.at),
    })),
    member:
      detail.handle === null
        ? null
        : { handle: detail.handle, href: `/mod/members/${detail.handle}` },
    timeline: facts.timeline
      .filter(({ deed }) => deed !== 'case.read')
      .map((row) => ({
        text: words.t(`moderation.deed.${row.deed}`, {
          who: row.who ?? words.t('moderation.somebody'),
        }),
        note: row.kind === 'note' ? row.text : null,
        when: words.when(row.at),
        exactly: words.exactly(row.at),
      })),
    messages: facts.messages.map((one) => ({
      body: one.body,
      who: words.t(one.fromTeam ? 'moderation.message.team' : 'moderation.message.member'),
      when: words.when(one.at),
    })),
    answerTo: facts.messages.at(-1)?.decisionId ?? null,
    proposal: proposalView(facts, words),
    followUp:
      facts.waiting.followUp === null
        ? null
        : {
            mine: facts.waiting.followUp.mine,
            due: dueWords(new Date(facts.waiting.followUp.due), now, words),
          },
    alias: detail.aliasName !== null,
  };
}

function claimView({ access, viewer, now, waiting }: CaseFacts, words: Words): object {
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
        ? words.t('moderation.claim.taken', { handle: access.claimedHandle ?? '', count: minutes })
        : null,
    until: mine ? words.t('moderation.claim.yours', { count: minutes }) : null,
    waits: waiting.proposal !== null,
  };
}

function authorView(
  detail: CaseDetail,
  words: Words,
): { name: string; href: string | null; more: string | null } {
  if (detail.aliasName !== null)
    return { name: detail.aliasName, href: null, more: words.t('moderation.author.alias') };
  if (detail.handle === null) return { name: words.t('posts.author.gone'), href: null, more: null };
  return {
    name: detail.handle,
    href: `/mod/members/${detail.handle}`,
    more:
      detail.since === null
        ? null
        : words.t('moderation.author.since', { when: words.month(detail.since) }),
  };
}

function textView(facts: CaseFacts, words: Words): object {
  const { detail, reports, context } = facts;
  const spoken = (signal: { why: string; rule: string }): string => signal.why;
  const before = [
    ...new Set(
      reports
        .map(({ body }) => body)
        .filter((body): body is string => body !== null && body !== detail.body),
    ),
  ];
  return {
    title: detail.title,
    pieces: highlighted(detail.body ?? '', detail.signals, spoken),
    whys: [...new Set(detail.signals.map(spoken))],
    notes: [...(detail.notes ?? []), ...(detail.addedNotes ?? [])].map((note) =>
      words.t(`posts.note.${note}`),
    ),
    posted: detail.postedAt === null ? null : words.exactly(detail.postedAt),
    edited:
      detail.editedAt === null
        ? null
        : words.t('posts.edited', { when: words.when(detail.editedAt) }),
    before,
    reports: reports.map((one) => ({
      number: one.number,
      reason: reasonWords(words, [
        { source: isConcern(one.reason) ? 'concern' : 'report', reason: one.reason },
      ])[0],
      note: one.note,
      place: one.place,
      contact: one.contact,
      when: words.when(one.at),
    })),
    context: context.map((one) => ({
      number: one.number,
      who: one.who ?? words.t('posts.author.gone'),
      body: one.body,
      when: words.when(one.at),
    })),
  };
}

function decisionRow(one: CaseDecisionRow, access: CaseAccess, words: Words): object {
  return {
    number: one.number,
    appealed: one.id === access.decisionId,
    text: words.t(`moderation.done.${one.action}`),
    who:
      one.second === null
        ? (one.who ?? words.t('moderation.somebody'))
        : words.list([one.who ?? words.t('moderation.somebody'), one.second]),
    rule: ruleWords(one.rule, words),
    reason: one.reason,
    when: words.when(one.at),
    reversed: one.reversed,
  };
}

function movedOn(facts: CaseFacts, last: CaseDecisionRow | undefined, words: Words): string {
  const { access, viewer } = facts;
  if (access.state === 'closed' && last !== undefined)
    return words.t('moderation.moved-on.decided', {
      who: last.who ?? words.t('moderation.somebody'),
      what: words.t(`moderation.done.${last.action}`),
      when: words.when(last.at),
    });
  if (access.claimedBy !== null && access.claimedBy !== viewer.memberId)
    return words.t('moderation.moved-on.claimed', { who: access.claimedHandle ?? '' });
  if (facts.waiting.proposal !== null)
    return words.t('moderation.moved-on.proposed', { who: facts.waiting.proposal.who });
  return words.t('moderation.moved-on.new');
}

function proposalView({ waiting, access }: CaseFacts, words: Words): object | null {
  if (waiting.proposal === null) return null;
  const { form, who, mine } = waiting.proposal;
  const action = typeof form.action === 'string' ? form.action : 'dismiss';
  const reason = typeof form.reason === 'string' ? form.reason : '';
  return {
    id: waiting.proposal.id,
    text: words.t('moderation.proposal.text', {
      who,
      what: words.t(`moderation.action.${action}.label`),
    }),
    reason,
    mine: mine || access.involved,
  };
}

/** "Rule 2: Leave out how"; what is no rule of the site's stands as it was written. */
export function ruleWords(rule: string, words: Words): string | null {
  if (rule === '') return null;
  const at = RULES.findIndex((known, index) => known === rule || String(index + 1) === rule);
  const key = RULES[at];
  return key === undefined
    ? rule
    : words.t('moderation.rule.numbered', {
        number: at + 1,
        rule: words.t(`moderation.rule.${key}`),
      });
}
