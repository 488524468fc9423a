import { basename } from 'node:path';
import { dumpFile } from './dump-file.js';
import { ImportFault } from './import-fault.js';
import { storableText } from './import-run.js';
import { digest, type ListMail } from './mbox-message.js';
import { readMails } from './mbox-readers.js';
import { mboxMessages } from './mbox-split.js';
import { MailSets, SubjectThreads, type MailOfSubject } from './mbox-threads.js';
import type { SourceInput } from './open-source.js';
import type {
  ImportedCategory,
  ImportedMember,
  ImportedPost,
  ImportedTopic,
  ImportLoss,
  ImportRecord,
  ImportSource,
} from './source.js';
import type { DumpRow, Staging } from './staging.js';

const TABLES = {
  mail: [
    ...['number bigint', 'id', 'parents', 'list', 'list_name', 'title', 'is_reply boolean'],
    ...['member', 'address', 'name', 'at timestamptz', 'body'],
  ],
  left: ['what', 'id', 'number bigint'],
};
const columnsOf = (specs: readonly string[]): string[] =>
  specs.map((spec) => spec.split(' ')[0] ?? '');
const MAIL = columnsOf(TABLES.mail);
const LEFT = columnsOf(TABLES.left);
const THREAD = ['number', 'set'];

/** The first email of each Message-ID. */
const KEPT = `
  create temporary table source_kept as
  select distinct on (id) *
  from source_mail
  order by id, number`;

/** The nearest referenced email that exists. */
const LINKS = `
  create temporary table source_link as
  select k.number, p.number as parent, p.id as parent_id
  from source_kept k
  cross join lateral (
    select p.number, p.id
    from unnest(string_to_array(k.parents, ' ')) with ordinality named(id, place)
    join source_kept p on p.id = named.id
    where p.number <> k.number
    order by named.place
    limit 1) p`;

const SUBJECTS = `
  select k.number::int, k.list, lower(k.title) as subject, k.at, k.is_reply as "isReply",
    l.number is not null as "isJoined"
  from source_kept k
  left join source_link l using (number)
  order by k.list, lower(k.title), k.at, k.number`;

/** Every email with the first one of its thread, and its overall position. */
const PLACED = `
  create temporary table source_placed as
  select k.*, first_value(k.id) over thread as topic, row_number() over (order by k.at, k.number) as place
  from source_kept k
  join source_thread t using (number)
  window thread as (partition by t."set" order by k.at, k.number)`;

const MEMBERS = `
  select member as id, address as email, min(at) as "joinedAt", false as banned,
    coalesce((array_agg(name order by at desc, number desc) filter (where name <> ''))[1], '') as name
  from source_placed
  where member is not null
  group by member, address
  order by min(at), member`;

const CATEGORIES = `
  select list as id, (array_agg(list_name order by place desc))[1] as name,
    null as description, false as "isPrivate"
  from source_placed
  group by list
  order by list`;

const TOPICS = `
  select id, list as "categoryId", title, at as "createdAt", false as closed
  from source_placed
  where id = topic
  order by place`;

const POSTS = `
  select p.id, p.topic as "topicId", p.member as "memberId", a.id as answers, p.body,
    p.at as "createdAt", null as "editedAt"
  from source_placed p
  left join source_link l using (number)
  left join source_placed a on a.number = l.parent and a.place < p.place
  order by p.place`;

const LOSSES = `
  select l.what, l.id
  from source_left l
  where l.number is null or exists (select 1 from source_kept k where k.number = l.number)
  union all
  select 'same-mail-again', m.id
  from source_mail m
  where not exists (select 1 from source_kept k where k.number = m.number)`;

/** Opens a mailing list archive: an mbox file. */
export async function openMbox(input: SourceInput): Promise<ImportSource> {
  const { staging, file } = input;
  const counter = { read: 0 };
  const counts = await staging.load(mailRows(input, counter), TABLES);
  if ((counts.mail ?? 0) === 0)
    throw new ImportFault(`${file} contains no messages written by people.`);
  await staging.run(KEPT);
  await staging.run('create unique index on source_kept (id)');
  await staging.run('create unique index on source_kept (number)');
  await staging.run('analyze source_kept');
  await staging.run(LINKS);
  await staging.run('create index on source_link (number)');
  const sets = await setsOf(staging, counter.read);
  await staging.load(setRows(staging, sets), { thread: ['number bigint', 'set bigint'] });
  await staging.run(PLACED);
  await staging.run('create index on source_placed (number)');
  await staging.run('analyze source_placed');
  return { posts: counts.mail ?? 0, records: () => records(staging) };
}

async function* mailRows(
  { file, onBytes, words }: SourceInput,
  counter: { read: number },
): AsyncGenerator<DumpRow> {
  const fallback = basename(file).replace(/(?:\.mbox|\.mbx|\.txt)?(?:\.gz)?$/i, '');
  for await (const mail of readMails(mboxMessages(dumpFile(file, onBytes)), fallback, words)) {
    if ('leftOut' in mail) {
      yield { table: 'left', columns: LEFT, values: [mail.leftOut, mail.id, null] };
      continue;
    }
    const number = String(counter.read);
    counter.read += 1;
    yield mailRow(mail, number, words.noTitle);
    for (const what of mail.losses)
      yield { table: 'left', columns: LEFT, values: [what, mail.id, number] };
  }
}

function mailRow(mail: ListMail, number: string, noTitle: string): DumpRow {
  const { id, list, listName, address } = mail;
  const known = address !== '';
  const texts = [list, listName, mail.title === '' ? noTitle : mail.title].map(storableText);
  return {
    table: 'mail',
    columns: MAIL,
    values: [
      ...[number, id, mail.parents.join(' '), ...texts, mail.isReply ? 't' : 'f'],
      ...(known ? [digest(address), storableText(address)] : [null, null]),
      ...[storableText(mail.name), mail.at.toISOString(), storableText(mail.body)],
    ],
  };
}

async function setsOf(staging: Staging, count: number): Promise<MailSets> {
  const sets = new MailSets(count);
  const links = staging.read<{ number: number; parent: number }>(
    'select number::int, parent::int from source_link',
  );
  for await (const { number, parent } of links) sets.join(number, parent);
  const subjects = new SubjectThreads(sets);
  for await (const mail of staging.read<MailOfSubject>(SUBJECTS)) subjects.add(mail);
  return sets;
}

async function* setRows(staging: Staging, sets: MailSets): AsyncGenerator<DumpRow> {
  // The connection alternates between copying and reading.
  for await (const { number } of staging.read<{ number: number }>(
    'select number::int from source_kept',
  ))
    yield { table: 'thread', columns: THREAD, values: [String(number), String(sets.find(number))] };
}

async function* records(staging: Staging): AsyncGenerator<ImportRecord> {
  for await (const row of staging.read<Omit<ImportedMember, 'kind'>>(MEMBERS))
    yield { kind: 'member', ...row };
  for await (const row of staging.read<Omit<ImportedCategory, 'kind'>>(CATEGORIES))
    yield { kind: 'category', ...row };
  for await (const row of staging.read<Omit<ImportedTopic, 'kind'>>(TOPICS))
    yield { kind: 'topic', ...row };
  for await (const row of staging.read<Omit<ImportedPost, 'kind'>>(POSTS))
    yield { kind: 'post', ...row };
  for await (const row of staging.read<Omit<ImportLoss, 'kind'>>(LOSSES))
    yield { kind: 'loss', ...row };
}
