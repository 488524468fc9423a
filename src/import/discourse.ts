import { htmlText } from '../reply-by-mail/html-text.js';
import { discourseToMarkdown } from './discourse-text.js';
import { ImportFault } from './import-fault.js';
import type { SourceInput } from './open-source.js';
import { pgDumpRows } from './pg-dump.js';
import type {
  ImportedCategory,
  ImportedMember,
  ImportedTopic,
  ImportRecord,
  ImportSource,
} from './source.js';
import type { Staging } from './staging.js';
import type { ImportMessages } from './words.js';

/** The tables and columns of a backup to read. */
const TABLES: Record<string, string[]> = {
  users: ['id bigint', 'username', 'email', 'created_at timestamptz', 'suspended_till timestamptz'],
  user_emails: ['user_id bigint', 'email', 'primary boolean'],
  categories: ['id bigint', 'name', 'description', 'read_restricted boolean', 'topic_id bigint'],
  topics: [
    ...['id bigint', 'title', 'category_id bigint', 'archetype', 'created_at timestamptz'],
    ...['deleted_at timestamptz', 'visible boolean', 'closed boolean', 'archived boolean'],
  ],
  posts: [
    ...[
      'id bigint',
      'user_id bigint',
      'topic_id bigint',
      'post_number int',
      'raw',
      'hidden boolean',
    ],
    ...['post_type int', 'reply_to_post_number int', 'created_at timestamptz', 'version int'],
    ...['deleted_at timestamptz', 'last_version_at timestamptz', 'user_deleted boolean'],
  ],
};

/** For topics from before categories became mandatory. */
const UNCATEGORISED = '0';

const MEMBERS = `
  select u.id::text, u.username as name, coalesce(e.email, u.email) as email,
    u.created_at as "joinedAt", coalesce(u.suspended_till > now(), false) as banned
  from source_users u
  left join source_user_emails e on e.user_id = u.id and e."primary"
  where u.id > 0
  order by u.id`;

const CATEGORIES = `
  select id::text, name, description, coalesce(read_restricted, false) as "isPrivate"
  from source_categories
  union all
  select '${UNCATEGORISED}', 'Uncategorised', null, false
  where exists (select 1
    from source_topics
    where category_id is null and archetype = 'regular')
  order by 1`;

/** SQL: why a topic is left out; null if it is not. */
const TOPIC_LOSS = `
  case
    when t.archetype = 'private_message' then 'private-conversation'
    when t.archetype <> 'regular' then 'topic-of-another-kind'
    when t.deleted_at is not null then 'deleted-topic'
    when not t.visible then 'unlisted-topic'
    when exists (select 1 from source_categories c where c.topic_id = t.id)
      then 'description-of-category'
  end`;

const TOPICS = `
  select t.id::text, coalesce(t.category_id::text, '${UNCATEGORISED}') as "categoryId", t.title,
    t.created_at as "createdAt", t.closed or t.archived as closed, ${TOPIC_LOSS} as loss
  from source_topics t
  order by t.created_at, t.id`;

/**
 * Ordered chronologically, so that later posts get higher ids, but by number within a topic: moved
 * posts keep the time at which they were written.
 */
const POSTS = `
  select p.id::text, p.topic_id::text as "topicId", p.created_at as "createdAt",
    case when p.user_id > 0 then p.user_id::text end as "memberId",
    case when p.loss is null then p.raw end as raw, a.id::text as answers,
    case when p.version > 1 then p.last_version_at end as "editedAt", p.loss
  from (
    select s.*,
      max(s.created_at) over (partition by s.topic_id order by s.post_number) as reached,
      coalesce(t.loss, case
        when s.deleted_at is not null or s.user_deleted then 'deleted-post'
        when s.hidden then 'hidden-post'
        when s.post_type = 3 then 'note-of-an-action'
        when s.post_type <> 1 then 'post-of-moderators'
      end) as loss
    from source_posts s
    left join (
      select t.id, case
          when t.archetype = 'private_message' then 'private-message'
          when ${TOPIC_LOSS} is not null then 'post-in-topic-left-out'
        end as loss
      from source_topics t) t on t.id = s.topic_id) p
  left join source_posts a on a.topic_id = p.topic_id
    and a.post_number = p.reply_to_post_number
    and a.post_number < p.post_number
  order by p.reached, p.topic_id, p.post_number`;

type Lost = { loss: string | null };

/** Opens a Discourse forum, from the dump in its backup (`dump.sql.gz`). */
export async function openDiscourse(input: SourceInput): Promise<ImportSource> {
  const { file, staging, words, onBytes } = input;
  const rows = pgDumpRows(file, new Set(Object.keys(TABLES)), onBytes);
  const counts = await staging.load(rows, TABLES);
  for (const table of ['users', 'categories', 'topics', 'posts'])
    if ((counts[table] ?? 0) === 0)
      throw new ImportFault(`${file} has no ${table}: is it the dump of a Discourse forum?`);
  await staging.run('create index on source_posts (topic_id, post_number)');
  await staging.run('create index on source_topics (id)');
  await staging.run('create index on source_user_emails (user_id)');
  return { posts: counts.posts ?? 0, records: () => records(staging, words) };
}

async function* records(staging: Staging, words: ImportMessages): AsyncGenerator<ImportRecord> {
  for await (const row of staging.read<Omit<ImportedMember, 'kind'>>(MEMBERS))
    yield { kind: 'member', ...row };
  for await (const row of staging.read<Omit<ImportedCategory, 'kind'>>(CATEGORIES))
    yield { kind: 'category', ...row, description: plain(row.description) };
  for await (const { loss, ...row } of staging.read<Omit<ImportedTopic, 'kind'> & Lost>(TOPICS)) {
    if (loss !== null) yield { kind: 'loss', what: loss, id: row.id };
    else yield { kind: 'topic', ...row };
  }
  for await (const { loss, raw, ...row } of staging.read<PostRow>(POSTS)) {
    if (loss !== null) {
      yield { kind: 'loss', what: loss, id: row.id };
      continue;
    }
    const { markdown, losses, folded } = discourseToMarkdown(raw ?? '', words);
    for (const what of losses) yield { kind: 'loss', what, id: row.id };
    yield { kind: 'post', ...row, body: markdown, folded };
  }
}

interface PostRow extends Lost {
  id: string;
  topicId: string;
  memberId: string | null;
  answers: string | null;
  raw: string | null;
  createdAt: Date;
  editedAt: Date | null;
}

/** Descriptions are stored as HTML. */
function plain(html: string | null): string | null {
  return html === null ? null : htmlText(html);
}
