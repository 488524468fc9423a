import type { Translator } from '../../i18n/translator.js';
import { moderatedMemberPath } from '../../review/moderated-members.js';
import { isConcern } from '../../review/review-targets.js';
import type { Signal } from '../../triage/risk.js';
import { reasonWords } from '../core/case-labels.js';
import { signalReason } from '../core/signal-reasons.js';
import type { CaseDetail, CaseStrategy, ContextRow, ReportRow } from './case.queries.js';
import { splitHighlights } from './highlight.js';

export interface AuthorView {
  name: string;
  href: string | null;
  more: string | null;
}

/** The author of the content under review, without revealing who is behind an alias. */
export function authorView(detail: CaseDetail, i18n: Translator): AuthorView {
  if (detail.strategy !== null) return strategyAuthor(detail.strategy, i18n);
  if (detail.aliasName !== null)
    return { name: detail.aliasName, href: null, more: i18n.t('moderation.author.alias') };
  if (detail.handle === null) return { name: i18n.t('posts.author.gone'), href: null, more: null };
  return {
    name: detail.handle,
    href: moderatedMemberPath(detail.handle),
    more:
      detail.since === null
        ? null
        : i18n.t('moderation.author.since', { when: i18n.month(detail.since) }),
  };
}

function strategyAuthor({ byMember, credit, handle }: CaseStrategy, i18n: Translator): AuthorView {
  if (handle !== null) return { name: handle, href: moderatedMemberPath(handle), more: null };
  if (!byMember && credit === '')
    return { name: i18n.t('moderation.author.library'), href: null, more: null };
  if (credit === '') return { name: i18n.t('moderation.author.no-name'), href: null, more: null };
  return {
    name: credit,
    href: null,
    more: byMember ? i18n.t('moderation.author.alias') : null,
  };
}

/** Links to a strategy: to its review while it is proposed; no link where it is not public. */
export function strategyLink({ slug, name, status }: CaseStrategy): StrategyLink {
  const place = { proposed: '/mod/strategies', published: '/strategies' }[status as string];
  return { name, href: place === undefined ? null : `${place}/${slug}` };
}

/**
 * Drafts and withdrawn strategies belong to their authors, so moderators are not shown the text.
 */
const VISIBLE: ReadonlySet<string> = new Set(['proposed', 'published']);

export interface StrategyLink {
  name: string;
  href: string | null;
}

/** The preview that prepares a moderator before they open the text. */
export interface PreviewView {
  title: string | null;
  /** The summary that the author wrote for the post. */
  summary: string | null;
  notes: string | null;
}

export function previewView(detail: CaseDetail, i18n: Translator): PreviewView | null {
  if (detail.body === null) return null;
  const notes = [...new Set([...(detail.notes ?? []), ...(detail.addedNotes ?? [])])].map((note) =>
    i18n.t(`posts.note.${note}`),
  );
  return {
    title: detail.title,
    summary: detail.summary === '' ? null : detail.summary,
    notes: notes.length === 0 ? null : i18n.t('moderation.case.notes', { notes: i18n.list(notes) }),
  };
}

export interface TextView {
  pieces: ReturnType<typeof splitHighlights>;
  strategy: { summary: string; steps: string[]; fits: string; fitsNot: string } | null;
  whys: string[];
  posted: string | null;
  edited: string | null;
  before: string[];
  reports: ReportLine[];
  context: { number: number; who: string; quoted: boolean; body: string; when: string }[];
}

interface ReportLine {
  number: string;
  reason: string | undefined;
  note: string;
  place: string | null;
  contact: string | null;
  when: string;
}

export interface TextFacts {
  detail: CaseDetail;
  reports: ReportRow[];
  context: ContextRow[];
}

/**
 * The content under review with the words that screening marked, its reports and the surrounding
 * posts.
 */
export function textView({ detail, reports, context }: TextFacts, i18n: Translator): TextView {
  const shown =
    detail.strategy === null || !VISIBLE.has(detail.strategy.status) ? null : detail.strategy;
  const current = shown === null ? detail.body : [shown.summary, ...shown.steps].join('\n');
  const spoken = (signal: Signal): string => signalReason(signal, i18n);
  const before = [
    ...new Set(
      reports
        .map(({ body }) => body)
        .filter((body): body is string => body !== null && body !== current),
    ),
  ];
  return {
    strategy: shown,
    pieces: splitHighlights(detail.body ?? '', detail.signals, spoken),
    whys: [...new Set(detail.signals.map(spoken))],
    posted: detail.postedAt === null ? null : i18n.exactly(detail.postedAt),
    edited:
      detail.editedAt === null
        ? null
        : i18n.t('posts.edited', { when: i18n.when(detail.editedAt) }),
    before,
    reports: reports.map((one) => ({
      number: one.number,
      reason: reasonWords(i18n, [
        { source: isConcern(one.reason) ? 'concern' : 'report', reason: one.reason },
      ])[0],
      note: one.note,
      place: one.place,
      contact: one.contact,
      when: i18n.when(one.at),
    })),
    context: context.map((one) => ({
      number: one.number,
      who: one.who ?? i18n.t('posts.author.gone'),
      quoted: one.quoted,
      body: one.body,
      when: i18n.when(one.at),
    })),
  };
}
