import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Moderator } from '../../http/guards.js';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Clock, DAY, later } from '../../kernel/clock.js';
import { Sql } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { Screening } from '../../triage/screening.js';
import { actionsInShift, exposureOf } from '../core/exposure.js';
import { closedCases, openCases, queueFacts, type QueueFacts } from './queue.queries.js';
import { handovers } from '../on-call/shifts.queries.js';
import { caseRow, CASES_A_PAGE, cursorOf, readCursor, SOURCES } from './queue.view.js';
import { TIERS, dueWords } from '../core/case-labels.js';

/** What waits for a second person on the page of help from outside. */
const ELSEWHERE: ReadonlySet<string> = new Set(['unmask', 'record']);

interface Wishes {
  tier: string | null;
  reason: string | null;
  community: string | null;
  state: 'open' | 'closed';
  mine: boolean;
  due: boolean;
}

/** One queue for everything that a person has to look at. Six queries, however long it is. */
@Moderator()
@Controller('mod')
export class QueueController {
  constructor(
    private readonly sql: Sql,
    private readonly clock: Clock,
    private readonly screening: Screening,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const wishes = wishesOf(req);
    const now = this.clock.now();
    const cursor = readCursor(textQuery(req, 'after'), wishes.state, now.getTime());
    const query = {
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      now: new Date(cursor.asOf),
      tier: wishes.tier,
      source: wishes.reason,
      community: wishes.community,
      mine: wishes.mine,
      overdue: wishes.due,
      rank: cursor.aim,
      id: cursor.id,
      limit: CASES_A_PAGE + 1,
    };
    const rows =
      wishes.state === 'open'
        ? await this.sql.rows(openCases, { ...query, band: cursor.lane })
        : await this.sql.rows(closedCases, query);
    const [facts] = await this.sql.rows(queueFacts, {
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      now,
    });
    const state = await this.screening.state();
    const shown = rows.slice(0, CASES_A_PAGE);
    const last = shown.at(-1);
    const view = {
      tabs: { queue: true },
      ...(await this.forThemselves(viewer, i18n, now)),
      ...headOf(wishes, facts ?? null, now, i18n),
      cases: shown.map((row) => caseRow(row, now, i18n)),
      filtered: Object.keys(queryOf(wishes)).length > 0,
      next:
        rows.length > CASES_A_PAGE && last !== undefined
          ? address(wishes, { after: cursorOf(last, cursor.asOf) })
          : null,
      first: textQuery(req, 'after') === undefined ? null : address(wishes, {}),
      triageOff: state === 'off',
      triageFailing: state === 'failing',
    };
    return page('moderation/queue', view, { titleKey: 'moderation.queue.title' });
  }

  /**
   * How much this shift has asked of the viewer, and what whoever was here before left for them.
   */
  private async forThemselves(viewer: Viewer, i18n: Translator, now: Date): Promise<object> {
    const [deeds, left] = await Promise.all([
      this.sql.rows(actionsInShift, { whose: [viewer.memberId], now }),
      this.sql.rows(handovers, {
        viewerId: viewer.memberId,
        isStaff: isStaff(viewer),
        since: later(now, -DAY),
      }),
    ]);
    const { hard, minutes, limit } = exposureOf(deeds, now);
    return {
      meter: i18n.t('moderation.exposure.text', { hard, minutes }),
      advice: limit === 'none' ? null : i18n.t(`moderation.exposure.${limit}`),
      handovers: left.map(({ body, who, at }) => ({ body, who, when: i18n.when(at) })),
    };
  }
}

function headOf(wishes: Wishes, facts: QueueFacts | null, now: Date, i18n: Translator): object {
  const pick = (
    name: string,
    values: readonly string[],
    chosen: string | null,
    label: (value: string) => string,
  ): object => ({
    name,
    options: [
      { value: '', label: i18n.t('moderation.filter.all'), selected: chosen === null },
      ...values.map((value) => ({ value, label: label(value), selected: chosen === value })),
    ],
  });
  const places = facts?.communities ?? [];
  return {
    counts: TIERS.map((tier) => ({
      href: `/mod?tier=${tier}`,
      label: i18n.t('moderation.queue.count', {
        tier: i18n.t(`moderation.tier.${tier}`),
        count: facts?.[tier] ?? 0,
      }),
      current: wishes.tier === tier,
    })),
    summary: i18n.t('moderation.queue.summary', { count: facts?.open ?? 0 }),
    overdue:
      (facts?.overdue ?? 0) > 0
        ? i18n.t('moderation.queue.overdue', { count: facts?.overdue ?? 0 })
        : null,
    notScreened:
      (facts?.unknown ?? 0) > 0
        ? i18n.t('moderation.queue.not-screened', { count: facts?.unknown ?? 0 })
        : null,
    passed:
      (facts?.passed ?? 0) > 0
        ? i18n.t('moderation.queue.passed', { count: facts?.passed ?? 0 })
        : null,
    seconds: (facts?.seconds ?? []).map((one) => ({
      href: `/mod/cases/${one.caseId}${ELSEWHERE.has(one.what) ? '/escalation' : ''}`,
      text: i18n.t(`moderation.second.${one.what}`, { number: one.caseId }),
      due: one.due === null ? null : dueWords(new Date(one.due), now, i18n),
    })),
    requests: (facts?.requests ?? []).flatMap((one) => requestLinks(one, i18n)),
    tier: pick('tier', TIERS, wishes.tier, (value) => i18n.t(`moderation.tier.${value}`)),
    reason: pick('reason', SOURCES, wishes.reason, (value) =>
      i18n.t(`moderation.filter.source.${value}`),
    ),
    community: pick(
      'community',
      places.map(({ slug }) => slug),
      wishes.community,
      (value) => places.find(({ slug }) => slug === value)?.name ?? value,
    ),
    state: {
      options: (['open', 'closed'] as const).map((value) => ({
        value,
        label: i18n.t(`moderation.filter.${value}`),
        selected: wishes.state === value,
      })),
    },
    mine: wishes.mine,
    due: wishes.due,
  };
}

/** Where a moderator answers those who ask to join, and those who offer to support. */
function requestLinks(
  { slug, name, joins, offers }: NonNullable<QueueFacts['requests']>[number],
  i18n: Translator,
): { href: string; text: string }[] {
  return [
    { count: joins, page: 'requests', key: 'joins' },
    { count: offers, page: 'supporters', key: 'offers' },
  ]
    .filter(({ count }) => count > 0)
    .map(({ count, page: where, key }) => ({
      href: `/c/${slug}/${where}`,
      text: i18n.t(`moderation.queue.${key}`, { place: name, count }),
    }));
}

function wishesOf(req: Request): Wishes {
  const one = (name: string, known: readonly string[]): string | null =>
    known.find((value) => value === textQuery(req, name)) ?? null;
  const slug = textQuery(req, 'community') ?? '';
  return {
    tier: one('tier', TIERS),
    reason: one('reason', SOURCES),
    community: /^[a-z0-9-]{1,60}$/.test(slug) ? slug : null,
    state: textQuery(req, 'state') === 'closed' ? 'closed' : 'open',
    mine: textQuery(req, 'mine') === 'on',
    due: textQuery(req, 'due') === 'on',
  };
}

function queryOf(wishes: Wishes): Record<string, string> {
  const { tier, reason, community } = wishes;
  const set = {
    tier,
    reason,
    community,
    state: wishes.state === 'closed' ? 'closed' : null,
    mine: wishes.mine ? 'on' : null,
    due: wishes.due ? 'on' : null,
  };
  return Object.fromEntries(
    Object.entries(set).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function address(wishes: Wishes, more: Record<string, string>): string {
  const query = new URLSearchParams({ ...queryOf(wishes), ...more }).toString();
  return query === '' ? '/mod' : `/mod?${query}`;
}
