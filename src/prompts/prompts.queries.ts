import { statement, type NoParams } from '../kernel/sql.js';
import type { PromptKind } from './prompts.dto.js';

export interface PromptRow {
  kind: PromptKind;
  title: string;
  body: string;
  weekday: number;
  hour: number;
  paused: boolean;
  lastThread: string | null;
}

export const promptsOf = statement<{ communityId: string }, PromptRow>(
  'belonging.prompts',
  `select p.kind, p.title, p.body, p.weekday, p.hour, p.paused_at is not null as paused,
          (select x.thread_id
            from prompt_threads x
            where x.prompt_id = p.id and x.thread_id is not null
            order by x.day desc
            limit 1) as "lastThread"
   from community_prompts p where p.community_id = :communityId`,
);

export interface ActivePrompt {
  id: string;
  kind: PromptKind;
  title: string;
  body: string;
  weekday: number;
  hour: number;
  createdAt: Date;
  communityId: string;
  language: string;
  timeZone: string;
  authorId: string | null;
  lastThread: string | null;
}

/**
 * Prompts that are not paused. `authorId`: the moderator who created it, while they moderate;
 * otherwise the longest-serving moderator; otherwise an administrator.
 */
export const activePrompts = statement<NoParams, ActivePrompt>(
  'belonging.active-prompts',
  `
    select p.id, p.kind, p.title, p.body, p.weekday, p.hour, p.created_at as "createdAt",
      c.id as "communityId", c.language, c.hours->>'timeZone' as "timeZone",
          coalesce(
            (select a.id
              from members a
              left join memberships s on s.member_id = a.id
                and s.community_id = c.id
                and s.state = 'active'
              where a.id = p.author_id
                and a.closed_at is null
                and (s.role = 'moderator' or a.role <> 'member')),
            (select a.id
              from memberships s
              join members a on a.id = s.member_id
              where s.community_id = c.id
                and s.state = 'active'
                and s.role = 'moderator'
                and a.closed_at is null
              order by s.joined_at, a.id
              limit 1),
            (select a.id
              from members a
              where a.role = 'admin' and a.closed_at is null
              order by a.id
              limit 1)) as "authorId",
          (select x.thread_id
            from prompt_threads x
            where x.prompt_id = p.id and x.thread_id is not null
            order by x.day desc
            limit 1) as "lastThread"
   from community_prompts p join communities c on c.id = p.community_id
   where p.paused_at is null and c.archived_at is null order by p.id`,
);
