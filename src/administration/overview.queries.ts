import { statement } from '../kernel/sql.js';

export interface OverviewRow {
  members: number;
  /** Of the last seven days, like the threads. */
  newMembers: number;
  communities: number;
  newThreads: number;
  /** Unanswered requests for a new group. */
  requests: number;
  /** Communities without a moderator. */
  unmoderated: number;
  overdueCases: number;
  proposedStrategies: number;
  reportedResources: number;
  /** Of the last day. */
  refusedMails: number;
}

/** Overall counts, and the number of open tasks. */
export const overviewCounts = statement<{ now: Date; week: Date; day: Date }, OverviewRow>(
  'administration.overview',
  `
    select
      (select count(*)::int
        from members
        where closed_at is null and email_verified_at is not null) as members,
      (select count(*)::int
        from members
        where closed_at is null
          and email_verified_at is not null
          and created_at >= :week) as "newMembers",
      (select count(*)::int from communities where archived_at is null) as communities,
      (select count(*)::int
        from threads
        where created_at >= :week and status = 'published') as "newThreads",
      (select count(*)::int from group_requests where answered_at is null) as requests,
      (select count(*)::int
        from communities c
        where c.archived_at is null
          and not exists (select 1
            from memberships s
            where s.community_id = c.id
              and s.role = 'moderator'
              and s.state = 'active')) as unmoderated,
      (select count(*)::int
        from review_cases
        where state = 'open' and due_at < :now) as "overdueCases",
      (select count(*)::int
        from coping_strategies
        where status = 'proposed') as "proposedStrategies",
      (select count(distinct resource_id)::int
        from resource_reports
        where answered_at is null) as "reportedResources",
      (select count(*)::int
        from mail_deliveries
        where state = 'refused' and created_at >= :day) as "refusedMails"
  `,
);
