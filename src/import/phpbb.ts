import { DumpSource } from './dump-source.js';
import { escapeInline } from './markdown-escape.js';
import { loadMysql } from './load-mysql.js';
import { writeMarkdown } from './markdown-writer.js';
import { textOf } from './markup.js';
import type { OpenSource } from './open-source.js';
import { PHPBB_SCHEMA } from './phpbb-schema.js';
import { publicForums } from './phpbb-permissions.js';
import { answeredPost, decodeEntities, readPhpbbText } from './phpbb-text.js';
import type { ImportRecord, MemberRow, TopicRow } from './source.js';
import type { Staging } from './staging.js';
import type { ImportMessages } from './words.js';

/** Opens a dump of phpBB 3.3's MySQL tables. */
export const openPhpbb: OpenSource = async (input) => {
  const counts = await loadMysql(input, PHPBB_SCHEMA);
  const { staging, words } = input;
  await staging.run('create index on source_topics (topic_id)');
  await staging.run('create index on source_banlist (ban_userid)');
  return new PhpbbSource(staging, words, counts.posts ?? 0, await publicForums(staging));
};

interface PostRow {
  id: string;
  topicId: string;
  memberId: string | null;
  text: string;
  uid: string;
  subject: string;
  title: string;
  isPublic: boolean;
  opens: boolean;
  files: number;
  createdAt: Date;
  editedAt: Date | null;
}

class PhpbbSource extends DumpSource {
  /** @param open ids of the forums that guests may read */
  constructor(
    staging: Staging,
    words: ImportMessages,
    posts: number,
    private readonly open: ReadonlySet<string>,
  ) {
    super(staging, words, posts);
  }

  /**
   * An unconfirmed address may be somebody else's. Guests and bots get no account. Members
   * deactivated by an administrator cannot log in.
   */
  protected override async *members(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<MemberRow>(`
      with bans as (
        select * from source_banlist
        where ban_exclude = 0 and (ban_end = 0 or ban_end > extract(epoch from now()))
      ),
      patterns as (
        select replace(replace(replace(lower(ban_email), '\\', '\\\\'), '_', '\\_'), '*', '%') as pattern
        from bans where ban_email <> ''
      )
      select u.user_id::text as id, u.username as name, case
          when u.user_type = 1 and coalesce(u.user_inactive_reason, 0) = 1 then null
          else nullif(u.user_email, '')
        end as email,
        to_timestamp(u.user_regdate) as "joinedAt",
        u.user_type = 1 and coalesce(u.user_inactive_reason, 0) = 3
          or u.user_type <> 3 and (
            exists (select 1 from bans b where b.ban_userid = u.user_id)
            or exists (select 1 from patterns p where lower(u.user_email) like p.pattern)
          ) as banned
      from source_users u
      where u.user_type <> 2
      order by u.user_id`);
    for await (const row of rows) yield { kind: 'member', ...row, name: decodeEntities(row.name) };
  }

  protected override async *categories(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<{ id: string; name: string; text: string; uid: string }>(`
      select forum_id::text as id, forum_name as name, coalesce(forum_desc, '') as text,
        coalesce(forum_desc_uid, '') as uid
      from source_forums
      where forum_type = 1
      order by left_id, forum_id`);
    for await (const { id, name, text, uid } of rows) {
      const description = textOf(readPhpbbText(text, uid)).trim();
      yield {
        ...{ kind: 'category', id, name: decodeEntities(name), isPrivate: !this.open.has(id) },
        description: description === '' ? null : description,
      };
    }
  }

  /** The shadow of a moved topic is not a topic. */
  protected override async *topics(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<
      TopicRow & {
        visibility: number;
        poll: boolean;
      }
    >(`
      select t.topic_id::text as id, t.forum_id::text as "categoryId", t.topic_title as title,
        to_timestamp(t.topic_time) as "createdAt", t.topic_visibility as visibility,
        t.topic_status = 1 or coalesce(f.forum_status, 0) = 1 as closed,
        coalesce(t.poll_start, 0) > 0 as poll
      from source_topics t
      left join source_forums f using (forum_id)
      where coalesce(t.topic_moved_id, 0) = 0
      order by t.topic_time, t.topic_id`);
    for await (const { visibility, poll, ...topic } of rows) {
      if (visibility !== 1) yield { kind: 'loss', what: hiddenTopic(visibility), id: topic.id };
      else {
        yield { kind: 'topic', ...topic, title: decodeEntities(topic.title) };
        if (poll) yield { kind: 'loss', what: 'poll', id: topic.id };
      }
    }
  }

  protected override async *allPosts(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<PostRow>(
      `
        with files as (
          select post_msg_id as post_id, count(*)::int as files
          from source_attachments
          where in_message = 0 and is_orphan = 0
          group by post_msg_id
        )
        select p.post_id::text as id, p.topic_id::text as "topicId",
          nullif(p.poster_id, 1)::text as "memberId", p.post_text as text,
          coalesce(p.bbcode_uid, '') as uid, coalesce(p.post_subject, '') as subject,
          t.topic_title as title, t.forum_id::text = any($1) as "isPublic",
          p.post_time <= t.topic_time as opens,
          coalesce(a.files, 0) as files, to_timestamp(p.post_time) as "createdAt",
          case when p.post_edit_time > 0 then to_timestamp(p.post_edit_time) end as "editedAt"
        from source_posts p
        join source_topics t using (topic_id)
        left join files a using (post_id)
        where p.post_visibility = 1 and t.topic_visibility = 1 and t.topic_moved_id = 0
        order by p.post_time, p.post_id`,
      [[...this.open]],
    );
    for await (const row of rows) yield* this.post(row);
  }

  private *post(row: PostRow): Generator<ImportRecord> {
    const { id, topicId, memberId, createdAt, editedAt } = row;
    const post = { kind: 'post', id, topicId, memberId, createdAt, editedAt } as const;
    if (!row.isPublic) {
      // It is omitted and only counted, so it need not be parsed.
      yield { ...post, answers: null, body: '' };
      return;
    }
    const nodes = readPhpbbText(row.text, row.uid);
    const { markdown, losses } = writeMarkdown(nodes, { words: this.words });
    const others = losses.filter((what) => what !== 'file');
    const inText = losses.length - others.length;
    const notes = Array.from({ length: Math.max(0, row.files - inText) }, () => this.words.file);
    const parts = [subjectOf(row), markdown, notes.join(' ')].filter((part) => part !== '');
    yield {
      ...{ ...post, answers: answeredPost(nodes), body: parts.join('\n\n') },
      folded: losses.includes('spoiler'),
    };
    for (const what of [...others, ...Array<string>(Math.max(row.files, inText)).fill('file')])
      yield { kind: 'loss', what, id };
  }

  protected override async *losses(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<{ what: string; id: string }>(`
      select case p.post_visibility when 2 then 'deleted-post' else 'unapproved-post' end as what,
        p.post_id::text as id
      from source_posts p
      where p.post_visibility <> 1
      union all
      select 'post-in-hidden-topic', p.post_id::text
      from source_posts p
      join source_topics t using (topic_id)
      where p.post_visibility = 1 and t.topic_visibility <> 1
      union all
      select 'post-without-topic', p.post_id::text
      from source_posts p
      where not exists (select 1 from source_topics t where t.topic_id = p.topic_id)
      union all
      select 'private-message', msg_id::text from source_privmsgs
      union all
      select 'unconfirmed-address', user_id::text
      from source_users
      where user_type = 1 and coalesce(user_inactive_reason, 0) = 1 and user_email <> ''
      union all
      select 'signature', user_id::text
      from source_users
      where user_type <> 2 and user_sig <> ''`);
    for await (const row of rows) yield { kind: 'loss', ...row };
  }
}

function hiddenTopic(visibility: number): string {
  return visibility === 2 ? 'deleted-topic' : 'unapproved-topic';
}

/** A subject that differs from "Re: the title" is the writer's own text. */
function subjectOf({ subject, title, opens }: PostRow): string {
  const bare = subject.replace(/^(?:re:\s*)+/i, '').trim();
  if (opens || bare === '' || title.startsWith(bare.replace(/(?:…|\.\.\.)$/, ''))) return '';
  return `**${escapeInline(decodeEntities(bare))}**`;
}
