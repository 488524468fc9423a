import { DumpSource } from './dump-source.js';
import { FLARUM_SCHEMA } from './flarum-schema.js';
import { loadMysql } from './load-mysql.js';
import { writeMarkdown } from './markdown-writer.js';
import type { OpenSource } from './open-source.js';
import { isS9eXml, mentionedPosts, readS9eXml } from './s9e-markup.js';
import type { CategoryRow, ImportRecord, MemberRow, TopicRow } from './source.js';

/** The category of discussions without a tag. */
const UNTAGGED = '0';
/** The group of visitors who are not logged in. */
const GUESTS = 2;

/**
 * The category of each discussion: a tag hidden from guests if there is one, as it hides the
 * discussion; otherwise its first primary tag, otherwise any tag. A child of a hidden tag is hidden
 * too.
 */
const PLACES = `
  create temporary table source_places as
  with recursive permitted as (
    select t.id, t.parent_id, t.position,
      exists (
        select 1 from source_group_permission g
        where g.group_id = ${GUESTS} and g.permission =
          case when t.is_restricted = 1 then 'tag' || t.id || '.viewForum' else 'viewForum' end
      ) as open
    from source_tags t
  ),
  tags as (
    select p.*, p.open as shown from permitted p where p.parent_id is null
    union all
    select p.*, p.open and t.shown from permitted p join tags t on t.id = p.parent_id
  ),
  ranked as (
    select d.discussion_id, d.tag_id, t.shown, row_number() over (
        partition by d.discussion_id
        order by t.shown, t.position is null, t.parent_id is not null, t.position, t.id
      ) as rank
    from source_discussion_tag d
    join tags t on t.id = d.tag_id
  )
  select discussion_id as id, max(tag_id::text) filter (where rank = 1) as category,
    bool_and(shown) as shown, count(*)::int as tags
  from ranked
  group by discussion_id`;

/** Condition for discussions visible to everybody, as far as their tags allow. */
const PUBLISHED = `d.hidden_at is null and coalesce(d.is_private, 0) = 0 and coalesce(d.is_approved, 1) = 1`;
const COMMENT = `p.type = 'comment' and p.hidden_at is null and coalesce(p.is_private, 0) = 0
  and coalesce(p.is_approved, 1) = 1`;

/** Opens a dump of Flarum's MySQL tables. */
export const openFlarum: OpenSource = async (input) => {
  const counts = await loadMysql(input, FLARUM_SCHEMA);
  const { staging, words } = input;
  await staging.run(PLACES);
  await staging.run('create index on source_places (id)');
  await staging.run('create index on source_discussions (id)');
  await staging.run('analyze source_places');
  return new FlarumSource(staging, words, counts.posts ?? 0);
};

class FlarumSource extends DumpSource {
  /** An unconfirmed address may be somebody else's. */
  protected override async *members(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<MemberRow>(`
      select id::text, username as name,
        case when is_email_confirmed = 1 then nullif(email, '') end as email,
        coalesce(joined_at, (select min(created_at) from source_posts), 'epoch')
          at time zone 'UTC' as "joinedAt",
        coalesce(suspended_until at time zone 'UTC' > now(), false) as banned
      from source_users
      order by source_users.id`);
    for await (const row of rows) yield { kind: 'member', ...row };
  }

  protected override async *categories(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<CategoryRow>(
      `
        select t.id::text, t.name, nullif(t.description, '') as description,
          not coalesce((select bool_and(shown) from source_places p where p.category = t.id::text), true)
            as "isPrivate"
        from source_tags t
        where exists (select 1 from source_places p where p.category = t.id::text)
        union all
        select $1, 'Untagged', null, not exists (
          select 1 from source_group_permission
          where group_id = ${GUESTS} and permission = 'viewForum')
        where exists (select 1 from source_discussions d
          where not exists (select 1 from source_places p where p.id = d.id))`,
      [UNTAGGED],
    );
    for await (const row of rows) yield { kind: 'category', ...row };
  }

  protected override async *topics(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<
      TopicRow & {
        tags: number;
        left: string | null;
      }
    >(
      `
        select d.id::text, coalesce(p.category, $1) as "categoryId", d.title,
          d.created_at at time zone 'UTC' as "createdAt", coalesce(d.is_locked, 0) = 1 as closed,
          coalesce(p.tags, 1) as tags,
          case
            when ${PUBLISHED} then null
            when d.hidden_at is not null then 'deleted-topic'
            when coalesce(d.is_approved, 1) = 0 then 'unapproved-topic'
            else 'private-topic'
          end as left
        from source_discussions d
        left join source_places p using (id)
        order by d.created_at, d.id`,
      [UNTAGGED],
    );
    for await (const { tags, left, ...topic } of rows) {
      if (left !== null) yield { kind: 'loss', what: left, id: topic.id };
      else {
        yield { kind: 'topic', ...topic };
        for (let more = 1; more < tags; more += 1)
          yield { kind: 'loss', what: 'tag', id: topic.id };
      }
    }
  }

  protected override async *allPosts(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<{
      id: string;
      topicId: string;
      memberId: string | null;
      content: string;
      shown: boolean;
      createdAt: Date;
      editedAt: Date | null;
    }>(`
      select p.id::text, p.discussion_id::text as "topicId", p.user_id::text as "memberId",
        coalesce(p.content, '') as content, coalesce(l.shown, true) as shown,
        p.created_at at time zone 'UTC' as "createdAt", p.edited_at at time zone 'UTC' as "editedAt"
      from source_posts p
      join source_discussions d on d.id = p.discussion_id
      left join source_places l on l.id = d.id
      where ${COMMENT} and ${PUBLISHED}
      order by p.created_at, p.discussion_id, p.number, p.id`);
    for await (const { content, shown, ...row } of rows) {
      // Omitted content is only counted, so it need not be parsed.
      const nodes = !shown ? [] : isS9eXml(content) ? readS9eXml(content) : [content];
      const { markdown, losses } = writeMarkdown(nodes, { words: this.words });
      const answers =
        mentionedPosts(content).find(({ discussion }) => discussion === row.topicId)?.id ?? null;
      const folded = losses.includes('spoiler');
      yield { kind: 'post', ...row, answers, body: markdown, folded };
      for (const what of losses) yield { kind: 'loss', what, id: row.id };
    }
  }

  protected override async *losses(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<{ what: string; id: string }>(`
      select case
          when p.type <> 'comment' then 'event-post'
          when p.hidden_at is not null then 'deleted-post'
          when not (${COMMENT}) then 'unapproved-post'
          when d.id is null then 'post-without-topic'
          else 'post-in-hidden-topic'
        end as what, p.id::text as id
      from source_posts p
      left join source_discussions d on d.id = p.discussion_id
      where d.id is null or not (${COMMENT} and ${PUBLISHED})
      union all
      select 'private-message', id::text from source_dialog_messages
      union all
      select 'unconfirmed-address', id::text
      from source_users
      where is_email_confirmed = 0 and email <> ''`);
    for await (const row of rows) yield { kind: 'loss', ...row };
  }
}
