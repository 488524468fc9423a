import { statement } from '../../kernel/sql.js';

/**
 * Whether a member asked to be spared what a case is about. @param p alias of the case's post,
 * perhaps of none
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

/** $1 member */
export const wellbeing = statement<WellbeingRow>(
  'moderation.own-care',
  `
    select coalesce((select array_agg(o.topic order by o.topic)
      from topic_opt_outs o
      where o.member_id = $1),
      '{}') as topics,
      coalesce((select s.mail from alarm_settings s where s.member_id = $1), true) as mail
  `,
);

/** $1 member, $2 case */
export const isMutedTopic = statement<{ spared: boolean }>(
  'moderation.is-spared',
  `
    select ${mutedTopicSql('$1', 'rc', 'p')} as spared
    from review_cases rc
    left join posts p on p.id = rc.post_id
    where rc.id = $2
  `,
);

export interface DebriefRow {
  lines: string[];
  done: boolean;
}

/** $1 case, $2 member */
export const ownDebrief = statement<DebriefRow>(
  'moderation.own-debrief',
  'select lines, done_at is not null as done from debriefs where case_id = $1 and member_id = $2',
);
