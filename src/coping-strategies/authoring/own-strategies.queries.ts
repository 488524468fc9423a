import { titleFor } from '../../content/visibility.js';
import { statement } from '../../kernel/sql.js';

interface OwnRow {
  slug: string;
  name: string;
  summary: string;
  status: string;
  withdrawnBy: string | null;
  note: string;
  updatedAt: Date;
}

export const ownStrategies = statement<{ memberId: string }, OwnRow>(
  'strategies.own',
  `
    select slug, name, summary, status, withdrawn_by as "withdrawnBy", moderator_note as note,
      updated_at as "updatedAt"
    from coping_strategies
    where member_id = :memberId
    order by id desc
    limit 200
  `,
);

export interface WholeRow {
  id: string;
  slug: string;
  name: string;
  summary: string;
  steps: string[];
  fits: string;
  fitsNot: string;
  minutes: number;
  energy: string;
  needs: string[];
  kinds: string[];
  places: string[];
  times: string[];
  challenges: string[];
  version: number;
  status: string;
  note: string;
}

export const WHOLE = `s.id, s.slug, s.name, s.summary, s.steps, s.fits, s.fits_not as "fitsNot", s.minutes, s.energy, s.needs, s.kinds, s.places, s.times, s.challenges, s.version, s.status,
  s.moderator_note as note`;

export const oneOwn = statement<{ slug: string; memberId: string }, WholeRow>(
  'strategies.one-own',
  `select ${WHOLE} from coping_strategies s where s.slug = :slug and s.member_id = :memberId`,
);

interface AskRow {
  postId: string;
  threadId: string;
  number: number;
  title: string;
  slug: string | null;
  name: string | null;
}

/**
 * What waits for a writer's yes: strategies proposed for their posts, and posts that somebody would
 * like to see become one.
 */
export const asks = statement<{ memberId: string }, AskRow>(
  'strategies.asks',
  `
    select p.id as "postId", p.thread_id as "threadId", p.number,
      ${titleFor('t', 'c', ':memberId')} as title, s.slug, s.name
   from post_strategies ps
   join posts p on p.id = ps.post_id
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   join coping_strategies s on s.id = ps.strategy_id
   where ps.state = 'proposed'
     and p.author_id = :memberId
     and p.status in ('published', 'held')
     and s.status = 'published'
   union all
   select p.id, p.thread_id, p.number, ${titleFor('t', 'c', ':memberId')}, null, null
   from strategy_wishes w
   join posts p on p.id = w.post_id
   join threads t on t.id = p.thread_id
   join communities c on c.id = t.community_id
   where w.state = 'asked' and p.author_id = :memberId and p.status in ('published', 'held')
   order by 1 desc limit 100`,
);
