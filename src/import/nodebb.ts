import { DumpSource } from './dump-source.js';
import { fromForeignMarkdown } from './foreign-markdown.js';
import { ImportFault } from './import-fault.js';
import { NODEBB_TABLES, nodebbRows } from './nodebb-rows.js';
import type { OpenSource } from './open-source.js';
import type { CategoryRow, ImportRecord, MemberRow, TopicRow } from './source.js';

/** Converts NodeBB's milliseconds, which may be fractional. */
function time(column: string): string {
  return `to_timestamp(${column}::float8 / 1000)`;
}

const isSet = (column: string): string => `coalesce(${column}, '0') not in ('0', '', 'false')`;

/** SQL condition: guests may open the category and read its topics. */
const GRANTED = ['read', 'topics:read']
  .map(
    (privilege) => `
      exists (select 1 from source_privilege p
        where p.cid = c.cid and p.privilege = '${privilege}' and p.member = 'guests')
      and not exists (select 1 from source_mask m
        where m.cid = c.cid and m.privilege in ('${privilege}', 'groups:${privilege}'))`,
  )
  .join(' and ');

const TOPIC_LEFT = `
  case
    when ${isSet('t.deleted')} then 'deleted-topic'
    when ${isSet('t.scheduled')} then 'scheduled-topic'
  end`;

/** Opens a MongoDB export of NodeBB's objects, or a dump of its PostgreSQL database. */
export const openNodebb: OpenSource = async (input) => {
  const { staging, words, file } = input;
  const counts = await staging.load(nodebbRows(input), NODEBB_TABLES);
  for (const table of ['user', 'category', 'topic', 'post', 'privilege'])
    if ((counts[table] ?? 0) === 0)
      throw new ImportFault(`${file} is not a NodeBB database: it has no ${table}.`);
  await staging.run(`
    create temporary table source_public as
    select c.cid
    from source_category c
    where not ${isSet('c.disabled')} and ${GRANTED}`);
  await staging.run('create index on source_topic (tid)');
  return new NodebbSource(staging, words, counts.post ?? 0);
};

class NodebbSource extends DumpSource {
  /** An unconfirmed address may be somebody else's. */
  protected override async *members(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<MemberRow>(`
      select u.uid as id, u.username as name,
        case when ${isSet('u."email:confirmed"')} then nullif(u.email, '') end as email,
        ${time("coalesce(u.joindate, '0')")} as "joinedAt",
        ${isSet('u.banned')} and (
          coalesce(nullif(u."banned:expire", ''), '0') = '0'
          or ${time('u."banned:expire"')} > now()
        ) as banned
      from source_user u
      where u.username is not null and u.uid <> '0'
      order by u.uid::bigint`);
    for await (const row of rows) yield { kind: 'member', ...row };
  }

  protected override async *categories(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<CategoryRow>(`
      select c.cid as id, c.name, nullif(c.description, '') as description,
        p.cid is null as "isPrivate"
      from source_category c
      left join source_public p using (cid)
      where c.name is not null and coalesce(c.link, '') = ''
      order by c.cid::bigint`);
    for await (const row of rows) yield { kind: 'category', ...row };
  }

  protected override async *topics(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<
      TopicRow & {
        left: string | null;
      }
    >(`
      select t.tid as id, t.cid as "categoryId", coalesce(t.title, '') as title,
        ${time('t.timestamp')} as "createdAt", ${isSet('t.locked')} as closed, ${TOPIC_LEFT} as left
      from source_topic t
      order by t.timestamp::float8, t.tid::bigint`);
    for await (const { left, ...topic } of rows) {
      if (left !== null) yield { kind: 'loss', what: left, id: topic.id };
      else yield { kind: 'topic', ...topic };
    }
  }

  protected override async *allPosts(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<{
      id: string;
      topicId: string;
      memberId: string | null;
      answers: string | null;
      content: string;
      createdAt: Date;
      editedAt: Date | null;
    }>(`
      select p.pid as id, p.tid as "topicId", nullif(p.uid, '0') as "memberId",
        nullif(p."toPid", '0') as answers, ${time('p.timestamp')} as "createdAt",
        -- What stays behind is counted; nobody needs to read it.
        case when c.cid is null then '' else coalesce(p.content, '') end as content,
        case when ${isSet('p.edited')} then ${time('p.edited')} end as "editedAt"
      from source_post p
      join source_topic t using (tid)
      left join source_public c using (cid)
      where not ${isSet('p.deleted')} and ${TOPIC_LEFT} is null
      order by case when p.pid = t."mainPid" then least(p.timestamp::float8, t.timestamp::float8)
          else p.timestamp::float8
        end, p.pid is distinct from t."mainPid", p.pid::bigint`);
    for await (const { content, ...row } of rows) {
      const { markdown, losses } = fromForeignMarkdown(content, this.words);
      yield { kind: 'post', ...row, body: markdown };
      for (const what of losses) yield { kind: 'loss', what, id: row.id };
    }
  }

  protected override async *losses(): AsyncGenerator<ImportRecord> {
    const rows = this.staging.read<{ what: string; id: string | null }>(`
      select what, id from source_left
      union all
      select case
          when ${isSet('p.deleted')} then 'deleted-post'
          when t.tid is null then 'post-without-topic'
          else 'post-in-hidden-topic'
        end, p.pid
      from source_post p
      left join source_topic t using (tid)
      where ${isSet('p.deleted')} or t.tid is null or ${TOPIC_LEFT} is not null
      union all
      select 'unconfirmed-address', u.uid
      from source_user u
      where u.email <> '' and not ${isSet('u."email:confirmed"')}`);
    for await (const row of rows) yield { kind: 'loss', ...row };
  }
}
