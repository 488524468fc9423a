import { titleFor } from '../content/visibility.js';
import { statement } from '../kernel/sql.js';
import type { MemberParams, Row } from './account-data.queries.js';

/** A member's activity besides posts, one statement for each part of the export. */
export const activityParts = {
  appeals: statement<MemberParams, Row>(
    'own-data.appeals',
    `
      select d.number as decision, a.statement, a.created_at as "sentAt", a.outcome, a.answer,
        a.decided_at as "answeredAt"
      from appeals a
      left join decisions d on d.id = a.decision_id
      where a.appellant_id = :memberId
      order by a.id
    `,
  ),
  teamMessages: statement<MemberParams, Row>(
    'own-data.team-messages',
    `
      select d.number as decision, m.from_team as "fromTeam", m.body, m.created_at as "sentAt"
      from decision_messages m
      join decisions d on d.id = m.decision_id
      where m.author_id = :memberId and not m.from_team
        or d.member_id = :memberId and coalesce((d.detail->>'told')::boolean, false)
      order by m.id
    `,
  ),
  mentions: statement<MemberParams, Row>(
    'own-data.mentions',
    `
      select '/t/' || p.thread_id || '#post-' || p.number as place, x.created_at as "mentionedAt"
      from post_mentions x
      join posts p on p.id = x.post_id
      where x.member_id = :memberId and p.status = 'published'
      order by x.created_at, x.post_id
    `,
  ),
  savedThreads: statement<MemberParams, Row>(
    'own-data.saved-threads',
    `
      select '/t/' || s.thread_id as place, ${titleFor('t', 'c', ':memberId')} as thread,
        s.saved_at as "savedAt"
      from thread_saves s
      join threads t on t.id = s.thread_id
      join communities c on c.id = t.community_id
      where s.member_id = :memberId
      order by s.saved_at
    `,
  ),
  pollVotes: statement<MemberParams, Row>(
    'own-data.poll-votes',
    `
      select '/t/' || l.thread_id as place, ${titleFor('t', 'c', ':memberId')} as thread,
        case when ${titleFor('t', 'c', ':memberId')} = '' then '' else o.text end as chosen,
        v.voted_at as "votedAt"
      from poll_votes v
      join poll_options o on o.id = v.option_id
      join polls l on l.id = o.poll_id
      join threads t on t.id = l.thread_id
      join communities c on c.id = t.community_id
      where v.member_id = :memberId
      order by v.voted_at, o.id
    `,
  ),
  aliases: statement<MemberParams, Row>(
    'own-data.aliases',
    `
      select name, '/t/' || thread_id as place
      from thread_aliases
      where member_id = :memberId
      order by id
    `,
  ),
  blockedAliases: statement<MemberParams, Row>(
    'own-data.blocked-aliases',
    `
      select a.name, '/t/' || a.thread_id as place
      from alias_blocks b
      join thread_aliases a on a.id = b.alias_id
      where b.member_id = :memberId
      order by a.id
    `,
  ),
  groupRequests: statement<MemberParams, Row>(
    'own-data.group-requests',
    `
      select wish, why, outcome, answer, created_at as "sentAt", answered_at as "answeredAt"
      from group_requests
      where member_id = :memberId
      order by id
    `,
  ),
  requestAnswers: statement<MemberParams, Row>(
    'own-data.request-answers',
    `
      select c.name as community, a.about, a.accepted, a.words, a.created_at as at
      from member_answers a
      left join communities c on c.id = a.community_id
      where a.member_id = :memberId
      order by a.id
    `,
  ),
  supporting: statement<MemberParams, Row>(
    'own-data.supporting',
    `
      select c.name as community, s.state, s.why, s.steps, s.capacity, s.answer,
        s.asked_at as "offeredAt", s.answered_at as "answeredAt",
        s.off_duty_until as "offDutyUntil"
      from supporters s
      join communities c on c.id = s.community_id
      where s.member_id = :memberId
      order by s.asked_at
    `,
  ),
  breaksOffered: statement<MemberParams, Row>(
    'own-data.breaks-offered',
    `
      select '/t/' || thread_id as place, offered_at as at
      from rests_offered
      where member_id = :memberId
      order by id
    `,
  ),
  strategyFeedback: statement<MemberParams, Row>(
    'own-data.strategy-feedback',
    `
      select s.name as strategy, f.helped, f.need, f.situation, f.updated_at as at
      from strategy_feedback f
      join coping_strategies s on s.id = f.strategy_id
      where f.member_id = :memberId
      order by f.updated_at
    `,
  ),
  strategyHides: statement<MemberParams, Row>(
    'own-data.strategy-hides',
    `
      select s.name as strategy, h.created_at as since
      from strategy_hides h
      join coping_strategies s on s.id = h.strategy_id
      where h.member_id = :memberId
      order by h.created_at
    `,
  ),
  strategySuggestions: statement<MemberParams, Row>(
    'own-data.strategy-suggestions',
    `
      select '/t/' || p.thread_id || '#post-' || p.number as place, s.name as strategy, x.state,
        x.created_at as at
      from post_strategies x
      join posts p on p.id = x.post_id
      join coping_strategies s on s.id = x.strategy_id
      where x.proposed_by = :memberId
      union all
      select '/t/' || p.thread_id || '#post-' || p.number, null, w.state, w.created_at
      from strategy_wishes w
      join posts p on p.id = w.post_id
      where w.asked_by = :memberId
      order by 4
    `,
  ),
  guidelines: statement<MemberParams, Row>(
    'own-data.guidelines',
    `
      select c.name as community, g.version, g.acknowledged_at as at
      from guideline_acknowledgements g
      join communities c on c.id = g.community_id
      where g.member_id = :memberId
      order by g.acknowledged_at
    `,
  ),
  questionsAsked: statement<MemberParams, Row>(
    'own-data.questions-asked',
    `
      select '/t/' || thread_id as place, asked_at as "askedAt", answer, answered_at as "answeredAt"
      from askings
      where member_id = :memberId
      order by id
    `,
  ),
  careNotes: statement<MemberParams, Row>(
    'own-data.care-notes',
    `
      select '/t/' || thread_id as place, created_at as at
      from aftercare_notes
      where member_id = :memberId
      order by id
    `,
  ),
  prompts: statement<MemberParams, Row>(
    'own-data.prompts',
    `
      select c.name as community, p.title, p.body, p.created_at as "writtenAt"
      from community_prompts p
      join communities c on c.id = p.community_id
      where p.author_id = :memberId
      order by p.id
    `,
  ),
  threadUpdates: statement<MemberParams, Row>(
    'own-data.thread-updates',
    `
      select '/t/' || thread_id as place, body, created_at as "writtenAt"
      from thread_updates
      where written_by = :memberId
      order by created_at
    `,
  ),
  shifts: statement<MemberParams, Row>(
    'own-data.shifts',
    `
      select duty, starts_at as "startsAt", ends_at as "endsAt"
      from shifts
      where member_id = :memberId
      order by starts_at
    `,
  ),
  debriefs: statement<MemberParams, Row>(
    'own-data.debriefs',
    `
      select lines, asked_at as "askedAt", done_at as "doneAt"
      from debriefs
      where member_id = :memberId
      order by id
    `,
  ),
};
