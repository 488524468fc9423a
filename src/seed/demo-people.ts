import { DAY, HOUR, later } from '../kernel/clock.js';
import type { Tx } from '../kernel/database.js';
import { executeIn } from '../kernel/sql.js';
import type { Vault } from '../vault/vault.js';
import { DemoToolkit } from './demo-toolkit.js';
import { lifeOfPeople, type LifeOfPeople } from './life-files.js';

/** Creates the demo member's and the demo supporter's data beyond their posts. */
export class DemoPeople {
  constructor(
    private readonly tx: Tx,
    private readonly vault: Vault,
    private readonly ids: ReadonlyMap<string, string>,
    private readonly now: Date,
  ) {}

  async load(member: string, supporter: string): Promise<void> {
    const life = lifeOfPeople();
    const memberId = this.id(member);
    const key = await this.vault.forWriting(this.tx, memberId);
    await new DemoToolkit(this.tx, this.vault, this.now).load(key, life);
    await this.savedThreads(memberId, life);
    for (const id of [memberId, this.id(supporter)]) await this.notices(id);
    for (const [slug, capacity] of Object.entries(life.supporter)) {
      await executeIn(
        this.tx,
        `
          update supporters s
          set capacity = :capacity
          from communities c
          where c.id = s.community_id and c.slug = :slug and s.member_id = :memberId
        `,
        { memberId: this.id(supporter), slug, capacity },
      );
    }
    for (const ask of life.asksToJoin) {
      await executeIn(
        this.tx,
        `
          insert into memberships (community_id, member_id, state, note, joined_at)
          select c.id, :memberId, 'asked', :note, :since
          from communities c
          where c.slug = :community
         on conflict (community_id, member_id)
         do update set state = 'asked', note = excluded.note, joined_at = excluded.joined_at`,
        {
          memberId: this.id(ask.handle),
          community: ask.community,
          note: ask.note,
          since: later(this.now, -ask.hoursAgo * HOUR),
        },
      );
      await executeIn(
        this.tx,
        `
          update communities c
          set member_count = (select count(*)
            from memberships m
            where m.community_id = c.id and m.state = 'active')
          where c.slug = :community
        `,
        { community: ask.community },
      );
    }
  }

  private async savedThreads(memberId: string, { saved, draft }: LifeOfPeople): Promise<void> {
    await executeIn(
      this.tx,
      `
        insert into thread_saves (member_id, thread_id, saved_at)
        select :memberId, t.id, :since
        from threads t
        join communities c on c.id = t.community_id
       where t.title = any(:saved)
         and (c.visibility = 'public'
           or exists (select 1
             from memberships s
             where s.community_id = c.id and s.member_id = :memberId and s.state = 'active'))`,
      { memberId, saved, since: later(this.now, -2 * DAY) },
    );
    const { community, daysAgo, ...fields } = draft;
    await executeIn(
      this.tx,
      `
        insert into drafts (member_id, place, fields, updated_at)
        values (:memberId, :place, :fields, :since)
      `,
      {
        memberId,
        place: `/c/${community}/threads`,
        fields: JSON.stringify(fields),
        since: later(this.now, -daysAgo * DAY),
      },
    );
  }

  /** Notifications of the newest replies in the member's threads; three are unread. */
  private async notices(memberId: string): Promise<void> {
    await executeIn(
      this.tx,
      `insert into notices (member_id, kind, thread_id, post_id, created_at, read_at)
       select :memberId, kind, thread_id, post_id, at, case
         when newest > 3 then at + interval '3 hours' end
       from (
         select case
           when o.author_id = :memberId then 'reply-to-thread'
           else 'reply-followed' end as kind, p.thread_id, p.id as post_id, p.created_at as at,
             row_number() over (order by p.created_at desc, p.id) as newest
         from thread_follows f
         join posts o on o.thread_id = f.thread_id and o.number = 1
         join posts p on p.thread_id = f.thread_id
           and p.number > 1
           and p.author_id <> :memberId
           and p.status = 'published'
         where f.member_id = :memberId
           and p.created_at < :now
           and p.created_at > (select min(x.created_at)
             from posts x
             where x.thread_id = p.thread_id and x.author_id = :memberId)
         order by p.created_at desc, p.id
         limit 9
       ) latest order by at`,
      { memberId, now: this.now },
    );
  }

  private id(handle: string): string {
    const id = this.ids.get(handle);
    if (id === undefined) throw new Error(`nobody is called ${handle}`);
    return id;
  }
}
