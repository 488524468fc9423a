import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { Clock } from '../kernel/clock.js';
import { Sql, statement } from '../kernel/sql.js';
import { Mailer } from '../mail/mailer.js';
import { Handles, type Job } from '../queue/job.js';
import { kindsMailedAs } from './notice-kinds.js';

interface Due {
  memberId: string;
  email: string;
  locale: string | null;
}

/** The world as it is now: still unread, still readable, the address verified, no break, nothing muted or taken back meanwhile. */
const due = statement<Due>(
  'notifications.due',
  `select m.id as "memberId", m.email::text as email, m.locale
   from notices n join members m on m.id = n.member_id join posts p on p.id = n.post_id join threads t on t.id = n.thread_id
   join communities c on c.id = t.community_id
   where n.id = $1 and n.kind = any($3) and n.read_at is null and m.email is not null and m.email_verified_at is not null and m.closed_at is null
     and (m.break_until is null or m.break_until < $2) and p.status = 'published' and t.status = 'published'
     and (c.visibility = 'public' or m.role <> 'member' or exists (select 1 from memberships s where s.community_id = c.id and s.member_id = m.id and s.state = 'active'))
     and not exists (select 1 from thread_follows x where x.thread_id = t.id and x.member_id = m.id and x.level = 'muted')`,
);

/** The mail says that something waits, and nothing else. */
@Injectable()
@Handles('mail-notice', 'default')
export class MailNoticeJob implements Job<{ noticeId: string }> {
  constructor(private readonly sql: Sql, private readonly clock: Clock, private readonly mailer: Mailer, private readonly config: Config) {}

  async run(ids: { noticeId: string }): Promise<void> {
    const member = await this.sql.first(due, [ids.noticeId, this.clock.now(), kindsMailedAs('reply')]);
    if (member === null) return;
    await this.mailer.deliver({
      key: `notice:${ids.noticeId}`,
      kind: 'notice',
      memberId: member.memberId,
      to: member.email,
      locale: member.locale ?? 'en',
      template: 'notice',
      view: { link: `${this.config.baseUrl}/notifications/${ids.noticeId}` },
    });
  }
}
