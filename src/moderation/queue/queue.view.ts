import { selectOptions, type SelectOption } from '../../http/options.js';
import type { Translator } from '../../i18n/translator.js';
import { dueWords, reasonLabels, SOURCES, TIERS } from '../core/case-labels.js';
import { exposureView, type ExposureView } from '../core/exposure.view.js';
import { isFiltered, queueAddress, type QueueFilter } from './queue-address.js';
import { mustBeRead } from './chosen-cases.js';
import type { QueueFacts } from './queue-facts.queries.js';
import { MUTED_BAND, type QueueRow } from './queue.queries.js';
import type { QueuePage } from './queue.service.js';

/** Requests for a second person that are answered on the escalation page. */
const ON_ESCALATION_PAGE: ReadonlySet<string> = new Set(['unmask', 'record']);

interface Link {
  href: string;
  text: string;
}

export interface CaseRowView {
  href: string;
  title: string;
  tier: { key: string; label: string };
  what: string;
  why: string;
  reports: string | null;
  held: string | null;
  age: string;
  due: string;
  late: boolean;
  /** The viewer has muted its topic. */
  spared: boolean;
  claim: string | null;
  /** The value of its check box; null if it cannot be decided together with others. */
  choose: string | null;
  /** What to do before it can be; null if nothing, or it never can. */
  before: string | null;
}

/** The counts above the list, and the fields of the filter. */
interface QueueHeadView {
  counts: { href: string; label: string; current: boolean }[];
  summary: string;
  overdue: string | null;
  notScreened: string | null;
  passed: string | null;
  seconds: (Link & { due: string | null })[];
  requests: Link[];
  tier: { options: SelectOption[] };
  reason: { options: SelectOption[] };
  community: { options: SelectOption[] };
  state: { options: SelectOption[] };
  mine: boolean;
  due: boolean;
}

const GROUPS = ['first', 'waiting', 'then', 'closed'] as const;
type GroupKey = (typeof GROUPS)[number];

export interface QueueView extends QueueHeadView, ExposureView {
  tabs: { queue: true };
  handovers: { body: string; who: string; when: string }[];
  /** The cases grouped under headings; no group is empty. */
  groups: { key: GroupKey; title: string; text: string; cases: CaseRowView[] }[];
  filtered: boolean;
  next: string | null;
  first: string | null;
  /** Whether several cases of the page can be decided together. */
  choosing: boolean;
  triageOff: boolean;
  triageFailing: boolean;
}

export function queueView(page: QueuePage, i18n: Translator): QueueView {
  const { filter, facts, now } = page;
  const groups = groupsOf(page.cases, now, i18n);
  const choices = groups.flatMap(({ cases }) => cases).filter(({ choose }) => choose !== null);
  return {
    tabs: { queue: true },
    ...exposureView(page.exposure, i18n),
    handovers: page.handovers.map(({ body, who, at }) => ({ body, who, when: i18n.when(at) })),
    ...headView(filter, facts, now, i18n),
    groups,
    filtered: isFiltered(filter),
    next: page.next === null ? null : queueAddress(filter, page.next),
    first: page.continued ? queueAddress(filter, '') : null,
    choosing: choices.length > 1,
    triageOff: page.screening === 'off',
    triageFailing: page.screening === 'failing',
  };
}

/**
 * Splits the page into three groups, each in queue order: the most urgent, the overdue, and the
 * rest. Without groups the order looks random, because cases rise as they wait.
 */
function groupsOf(rows: readonly QueueRow[], now: Date, i18n: Translator): QueueView['groups'] {
  return GROUPS.flatMap((key) => {
    const cases = rows.filter((row) => groupOf(row, now) === key);
    if (cases.length === 0) return [];
    return {
      key,
      title: i18n.t(`moderation.queue.group.${key}.title`),
      text: i18n.t(`moderation.queue.group.${key}.text`),
      cases: cases.map((row) => caseRow(row, now, i18n)),
    };
  });
}

/** An unscreened case may be as urgent as the others. */
const PRESSING: ReadonlySet<string> = new Set(['crisis', 'urgent', 'unknown']);

function groupOf(row: QueueRow, now: Date): GroupKey {
  if (row.state === 'closed') return 'closed';
  // Topics that this moderator muted stay last.
  if (row.band >= MUTED_BAND) return 'then';
  if (row.band === 0 || PRESSING.has(row.tier)) return 'first';
  return isLate(row, now) ? 'waiting' : 'then';
}

function isLate(row: QueueRow, now: Date): boolean {
  return row.state === 'open' && row.dueAt.getTime() < now.getTime();
}

function headView(
  filter: QueueFilter,
  facts: QueueFacts | null,
  now: Date,
  i18n: Translator,
): QueueHeadView {
  const select = (
    values: readonly string[],
    chosen: string | null,
    label: (value: string) => string,
  ): { options: SelectOption[] } => ({
    options: selectOptions(['', ...values], chosen ?? '', (value) =>
      value === '' ? i18n.t('moderation.filter.all') : label(value),
    ),
  });
  const counted = (key: string, count: number): string | null =>
    count > 0 ? i18n.t(`moderation.queue.${key}`, { count }) : null;
  const places = facts?.communities ?? [];
  return {
    counts: TIERS.map((tier) => ({
      href: `/mod?tier=${tier}`,
      label: i18n.t('moderation.queue.count', {
        tier: i18n.t(`moderation.tier.${tier}`),
        count: facts?.[tier] ?? 0,
      }),
      current: filter.tier === tier,
    })),
    summary: i18n.t('moderation.queue.summary', { count: facts?.open ?? 0 }),
    overdue: counted('overdue', facts?.overdue ?? 0),
    notScreened: counted('not-screened', facts?.unknown ?? 0),
    passed: counted('passed', facts?.passed ?? 0),
    seconds: (facts?.seconds ?? []).map((one) => ({
      href: `/mod/cases/${one.caseId}${ON_ESCALATION_PAGE.has(one.what) ? '/escalation' : ''}`,
      text: i18n.t(`moderation.second.${one.what}`, { number: one.caseId }),
      due: one.due === null ? null : dueWords(new Date(one.due), now, i18n),
    })),
    requests: (facts?.requests ?? []).flatMap((one) => requestLinks(one, i18n)),
    tier: select(TIERS, filter.tier, (value) => i18n.t(`moderation.tier.${value}`)),
    reason: select(SOURCES, filter.reason, (value) => i18n.t(`moderation.filter.source.${value}`)),
    community: select(
      places.map(({ slug }) => slug),
      filter.community,
      (value) => places.find(({ slug }) => slug === value)?.name ?? value,
    ),
    state: {
      options: selectOptions(['open', 'closed'], filter.state, (value) =>
        i18n.t(`moderation.filter.${value}`),
      ),
    },
    mine: filter.mine,
    due: filter.due,
  };
}

/** Links to the pages on which requests to join and offers of peer support are answered. */
function requestLinks(
  { slug, name, joins, offers }: NonNullable<QueueFacts['requests']>[number],
  i18n: Translator,
): Link[] {
  return [
    { count: joins, path: 'requests', key: 'joins' },
    { count: offers, path: 'supporters', key: 'offers' },
  ]
    .filter(({ count }) => count > 0)
    .map(({ count, path, key }) => ({
      href: `/c/${slug}/${path}`,
      text: i18n.t(`moderation.queue.${key}`, { place: name, count }),
    }));
}

function caseRow(row: QueueRow, now: Date, i18n: Translator): CaseRowView {
  const place = row.communityName ?? i18n.t('moderation.queue.no-place');
  const subject = row.kind !== 'post' ? row.kind : row.number === 1 ? 'opening' : 'reply';
  return {
    href: `/mod/cases/${row.id}`,
    title: i18n.t('moderation.queue.case', { number: row.id }),
    tier: { key: row.tier, label: i18n.t(`moderation.tier.${row.tier}`) },
    what: i18n.t(`moderation.what.${subject}`, { place }),
    why: i18n.list(reasonLabels(i18n, row.reasons)),
    reports: row.reports === 0 ? null : i18n.t('moderation.queue.reports', { count: row.reports }),
    held: row.held === null ? null : i18n.t('moderation.queue.held'),
    age: i18n.t('moderation.queue.opened', { when: i18n.when(row.openedAt) }),
    due:
      row.state === 'closed'
        ? i18n.t('moderation.queue.closed', {
            when: i18n.when(row.closedAt ?? row.openedAt),
            outcome: i18n.t(`moderation.done.${row.outcome ?? 'dismiss'}`),
          })
        : dueWords(row.dueAt, now, i18n),
    late: isLate(row, now),
    spared: row.state === 'open' && row.band >= MUTED_BAND,
    claim: row.mine
      ? i18n.t('moderation.queue.mine')
      : row.claimedHandle === null
        ? null
        : i18n.t('moderation.queue.taken', { handle: row.claimedHandle }),
    choose: isChoice(row) && !isUnread(row) ? row.id : null,
    before: isChoice(row) && isUnread(row) ? i18n.t('moderation.bulk.read-first') : null,
  };
}

function isUnread({ read, held, tier }: QueueRow): boolean {
  return mustBeRead({ read, held: held !== null, tier });
}

/** The page of the chosen cases checks each of them again, and more closely. */
function isChoice(row: QueueRow): boolean {
  return (
    row.state === 'open' &&
    row.kind === 'post' &&
    row.tier !== 'crisis' &&
    row.band !== 0 &&
    row.band !== MUTED_BAND &&
    (row.mine || row.claimedHandle === null)
  );
}
