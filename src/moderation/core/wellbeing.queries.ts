import { statement } from '../../kernel/sql.js';

/**
 * SQL condition: whether a member has muted a topic of a case.
 * @param rc alias of `review_cases`
 * @param p alias of the case's post; its columns are null if there is no post
 */
export function mutedTopicSql(member: string, rc: string, p: string): string {
  return `
    exists (select 1
      from topic_opt_outs o
      where o.member_id = ${member}
        and (o.topic in (select r.source || '.' || r.reason
          from case_reasons r
          where r.case_id = ${rc}.id)
          or o.topic = any (select 'note.' || n
            from unnest(${p}.content_warnings || ${p}.added_notes) n)))
  `;
}

export interface WellbeingRow {
  topics: string[];
  mail: boolean;
}

export const wellbeing = statement<{ memberId: string }, WellbeingRow>(
  'moderation.own-care',
  `
    select coalesce((select array_agg(o.topic order by o.topic)
      from topic_opt_outs o
      where o.member_id = :memberId),
      '{}') as topics,
      coalesce((select s.mail from alarm_settings s where s.member_id = :memberId), true) as mail
  `,
);

export const isMutedTopic = statement<{ memberId: string; caseId: string }, { spared: boolean }>(
  'moderation.is-spared',
  `
    select ${mutedTopicSql(':memberId', 'rc', 'p')} as spared
    from review_cases rc
    left join posts p on p.id = rc.post_id
    where rc.id = :caseId
  `,
);

export interface DebriefRow {
  lines: string[];
  done: boolean;
}

export const ownDebrief = statement<{ id: string; memberId: string }, DebriefRow>(
  'moderation.own-debrief',
  `
    select lines, done_at is not null as done
    from debriefs
    where case_id = :id and member_id = :memberId
  `,
);
