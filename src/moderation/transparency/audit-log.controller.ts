import { Controller, Get, Req } from '@nestjs/common';
import type { Request } from 'express';
import { page, type Page } from '../../http/page.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { isId } from '../../kernel/ids.js';
import { Sql, statement } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { mustModerate } from '../core/case-access.js';

interface LogRow {
  id: string;
  deed: string;
  who: string | null;
  caseId: string | null;
  member: string | null;
  place: string | null;
  reason: string;
  action: string | null;
  at: Date;
}

const A_PAGE = 50;
const NEWEST = '9223372036854775807';
const DEEDS = [
  'case.claimed',
  'case.released',
  'case.passed',
  'case.read',
  'case.decided',
  'case.proposed',
  'case.seconded',
  'case.declined',
  'case.second-look',
  'case.reopened',
  'case.paired',
  'thread.updated',
  'member.trusted',
  'appeal.made',
  'team.wrote',
  'member.noted',
  'alias.asked',
  'alias.allowed',
  'alias.refused',
  'escalation.recorded',
  'escalation.seconded',
  'template.changed',
  'rule.added',
  'rule.ended',
  'holding.changed',
  'community.founded',
  'community.described',
  'community.welcome-changed',
  'community.hours-changed',
  'community.guidelines-changed',
  'community.orientation-opened',
  'community.visibility-changed',
  'community.search-engines-let-in',
  'community.search-engines-kept-out',
  'community.archived',
  'community.reopened',
  'community.role-given',
  'community.handed-over',
  'prompt.saved',
  'prompt.paused',
  'prompt.resumed',
  'supporter.accepted',
  'supporter.declined',
  'setting.changed',
  'member.memorialised',
  'member.role-given',
  'group-request.answered',
  'job.retried',
  'job.removed',
] as const;

/**
 * Who did what, newest first; of cases about the viewer nothing.
 */
const log = statement<
  {
    viewerId: string;
    isStaff: boolean;
    beforeThisId: string;
    deed: string | null;
    who: string | null;
    caseId: string | null;
    member: string | null;
    limit: number;
  },
  LogRow
>(
  'moderation.log',
  `
    select l.id, l.deed, a.handle::text as who, l.case_id as "caseId", m.handle::text as member,
      c.name as place, l.reason, l.detail->>'action' as action, l.created_at as at
   from moderation_log l
   left join members a on a.id = l.actor_id
   left join members m on m.id = l.member_id
   left join review_cases rc on rc.id = l.case_id
   left join decisions od on od.id = rc.decision_id
   left join posts p on p.id = coalesce(rc.post_id, od.post_id)
   left join threads t on t.id = p.thread_id
   left join communities c on c.id = coalesce(l.community_id, rc.community_id, t.community_id)
   where l.id < :beforeThisId
     and (:deed::text is null or l.deed = :deed)
     and (:who::text is null or a.handle = :who::citext)
     and (:caseId::bigint is null or l.case_id = :caseId)
     and (:member::text is null or m.handle = :member::citext)
     and (:isStaff
       or exists (select 1
         from memberships s
         where s.community_id = c.id
           and s.member_id = :viewerId
           and s.role = 'moderator'
           and s.state = 'active'))
     and p.author_id is distinct from :viewerId
       and rc.member_id is distinct from :viewerId
       and od.member_id is distinct from :viewerId
       and l.member_id is distinct from :viewerId
   order by l.id desc limit :limit`,
);

/** What moderators did, for moderators. Rows are added and never changed. */
@Controller('mod/log')
export class AuditLogController {
  constructor(private readonly sql: Sql) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    mustModerate(viewer);
    const deed = DEEDS.find((known) => known === textQuery(req, 'deed')) ?? null;
    const [who, member] = [handleIn(req, 'who'), handleIn(req, 'member')];
    const asked = textQuery(req, 'case');
    const caseId = isId(asked) ? asked : null;
    const before = textQuery(req, 'before');
    const rows = await this.sql.rows(log, {
      viewerId: viewer.memberId,
      isStaff: isStaff(viewer),
      beforeThisId: isId(before) ? before : NEWEST,
      deed,
      who,
      caseId,
      member,
      limit: A_PAGE + 1,
    });
    const shown = rows.slice(0, A_PAGE);
    const set = {
      ...(deed === null ? {} : { deed }),
      ...(who === null ? {} : { who }),
      ...(member === null ? {} : { member }),
      ...(caseId === null ? {} : { case: caseId }),
    };
    const view = {
      tabs: { log: true },
      rows: shown.map((row) => ({
        text: i18n.t(`moderation.deed.${row.deed}`, {
          who: row.who ?? i18n.t('moderation.somebody'),
        }),
        action: row.action === null ? null : i18n.t(`moderation.done.${row.action}`),
        case:
          row.caseId === null
            ? null
            : {
                href: `/mod/cases/${row.caseId}`,
                label: i18n.t('moderation.queue.case', { number: row.caseId }),
              },
        member: row.member,
        place: row.place,
        reason: row.reason,
        when: i18n.exactly(row.at),
        iso: row.at.toISOString(),
      })),
      deeds: [
        { value: '', label: i18n.t('moderation.filter.all'), selected: deed === null },
        ...DEEDS.map((value) => ({
          value,
          label: i18n.t(`moderation.deed.${value}`, { who: i18n.t('moderation.somebody') }),
          selected: value === deed,
        })),
      ],
      who: who ?? '',
      member: member ?? '',
      caseId: caseId ?? '',
      next:
        rows.length > A_PAGE
          ? `/mod/log?${new URLSearchParams({ ...set, before: shown.at(-1)?.id ?? '' }).toString()}`
          : null,
    };
    return page('moderation/log', view, { titleKey: 'moderation.log.title' });
  }
}

function handleIn(req: Request, name: string): string | null {
  const text = (textQuery(req, name) ?? '').trim().replace(/^@/, '');
  return /^[a-zA-Z][a-zA-Z0-9-]{2,23}$/.test(text) ? text : null;
}
