import { Controller, Get, Param, Post } from '@nestjs/common';
import { Moderator } from '../../http/guards.js';
import { Form, type FaultyForm, type Submitted } from '../../http/form.js';
import { Membership } from '../../communities/membership.service.js';
import { formView } from '../../http/form-page.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { I18n, CurrentMember } from '../../http/request.js';
import { isStaff, type Viewer } from '../../http/viewer.js';
import { Clock } from '../../kernel/clock.js';
import { Database } from '../../kernel/database.js';
import { NotFound } from '../../kernel/errors.js';
import { Sql, statement, executeIn } from '../../kernel/sql.js';
import type { Translator } from '../../i18n/translator.js';
import { memberNotes } from './case-history.queries.js';
import { AuditLog } from '../../review/audit-log.js';
import { ruleWords } from '../core/rule-labels.js';
import { NoteForm } from '../core/note.dto.js';

interface SeenMember {
  id: string;
  handle: string;
  role: string;
  createdAt: Date;
  communities: string[] | null;
  /** In one of these places first posts of theirs may still be read first. */
  reviewed: boolean;
}

/** A member of a community that the viewer moderates, or anybody for staff; never oneself. */
const seen = statement<{ handle: string; viewerId: string; isStaff: boolean }, SeenMember>(
  'moderation.member',
  `select m.id, m.handle::text, m.role, m.created_at as "createdAt",
          (select array_agg(c.name order by c.name)
            from memberships s
            join communities c on c.id = s.community_id
            where s.member_id = m.id and s.state = 'active'
             and (:isStaff
               or exists (select 1
                 from memberships o
                 where o.community_id = c.id
                   and o.member_id = :viewerId
                   and o.role = 'moderator'
                   and o.state = 'active'))) as communities,
          exists (select 1
            from memberships s
            where s.member_id = m.id and s.state = 'active' and s.trusted_at is null
             and (:isStaff
               or exists (select 1
                 from memberships o
                 where o.community_id = s.community_id
                   and o.member_id = :viewerId
                   and o.role = 'moderator'
                   and o.state = 'active'))) as reviewed
   from members m where m.handle = :handle::citext and m.closed_at is null and m.id <> :viewerId
     and (:isStaff
       or exists (select 1
         from memberships s
         join memberships o on o.community_id = s.community_id
           and o.member_id = :viewerId
           and o.role = 'moderator'
           and o.state = 'active'
         where s.member_id = m.id and s.state = 'active'))`,
);

interface DecidedRow {
  caseId: string;
  action: string;
  rule: string;
  at: Date;
  endsAt: Date | null;
  forever: boolean;
  reversed: boolean;
}

/** Under the handle alone: what was decided about words under an alias would say whose they are. */
const decided = statement<{ memberId: string; viewerId: string; isStaff: boolean }, DecidedRow>(
  'moderation.member-decisions',
  `
    select d.case_id as "caseId", d.action, d.rule, d.created_at as at, d.ends_at as "endsAt",
      coalesce((d.detail->>'forever')::boolean, false) as forever,
      d.reversed_at is not null as reversed
   from decisions d
   join review_cases rc on rc.id = d.case_id
   left join posts p on p.id = d.post_id
   left join threads t on t.id = p.thread_id
   left join communities c on c.id = coalesce(rc.community_id, t.community_id)
   where d.member_id = :memberId
     and not coalesce((d.detail->>'alias')::boolean, false)
     and p.alias_id is null
     and not coalesce(p.name_detached, false)
     and not (d.detail ? 'appealOf' and d.action in ('dismiss', 'publish'))
     and (:isStaff
       or exists (select 1
         from memberships s
         where s.community_id = c.id
           and s.member_id = :viewerId
           and s.role = 'moderator'
           and s.state = 'active'))
   order by d.id desc limit 50`,
);

/** What moderators know of a member: notes, decisions, how their account stands. Never an alias. */
@Moderator()
@Controller('mod/members/:handle')
export class MemberPageController {
  constructor(
    private readonly sql: Sql,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly auditLog: AuditLog,
    private readonly memberships: Membership,
  ) {}

  @Get()
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('handle') handle: string,
  ): Promise<Page> {
    return this.memberPage(viewer, i18n, await this.open(viewer, handle));
  }

  @Post('notes')
  async note(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('handle') handle: string,
    @Form(NoteForm) form: Submitted<NoteForm>,
  ): Promise<Page | SeeOther> {
    const member = await this.open(viewer, handle);
    if (!form.valid) return this.memberPage(viewer, i18n, member, form);
    await this.database.inTransaction(async (tx) => {
      await executeIn(
        tx,
        `
          insert into member_notes (member_id, author_id, body, created_at)
          values (:memberId, :viewerId, :body, :now)
        `,
        {
          memberId: member.id,
          viewerId: viewer.memberId,
          body: form.value.body,
          now: this.clock.now(),
        },
      );
      await this.auditLog.write(tx, viewer.memberId, {
        action: 'member.noted',
        memberId: member.id,
      });
    });
    return seeOther(`/mod/members/${member.handle}`, 'moderation.notice.noted');
  }

  /**
   * Whoever has shown in a place that they mean well is not read first any more; in the places that
   * the viewer looks after.
   */
  @Post('trust')
  async trust(@CurrentMember() viewer: Viewer, @Param('handle') handle: string): Promise<SeeOther> {
    const member = await this.open(viewer, handle);
    await this.database.inTransaction(async (tx) => {
      const changed = await this.memberships.trust(
        tx,
        member.id,
        viewer.memberId,
        isStaff(viewer),
        this.clock.now(),
      );
      if (changed > 0)
        await this.auditLog.write(tx, viewer.memberId, {
          action: 'member.trusted',
          memberId: member.id,
        });
    });
    return seeOther(`/mod/members/${member.handle}`, 'moderation.notice.trusted');
  }

  private async open(viewer: Viewer, handle: string): Promise<SeenMember> {
    const member = /^[a-zA-Z][a-zA-Z0-9-]{2,23}$/.test(handle)
      ? await this.sql.first(seen, { handle, viewerId: viewer.memberId, isStaff: isStaff(viewer) })
      : null;
    if (member === null) throw new NotFound();
    return member;
  }

  private async memberPage(
    viewer: Viewer,
    i18n: Translator,
    member: SeenMember,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const [decisions, notes] = await Promise.all([
      this.sql.rows(decided, {
        memberId: member.id,
        viewerId: viewer.memberId,
        isStaff: isStaff(viewer),
      }),
      this.sql.rows(memberNotes, { handle: member.handle }),
    ]);
    const now = this.clock.now();
    // How the account stands is told from decisions under the handle, so that a pause for an
    // alias's words shows nothing here.
    const paused = decisions.find(
      (one) =>
        one.action === 'suspend' &&
        !one.reversed &&
        (one.forever || (one.endsAt !== null && one.endsAt > now)),
    );
    const view = {
      handle: member.handle,
      reviewed: member.reviewed,
      profile: `/@${member.handle}`,
      since: i18n.t('moderation.author.since', { when: i18n.month(member.createdAt) }),
      role: member.role === 'member' ? null : i18n.t(`posts.role.${member.role}`),
      communities: member.communities === null ? null : i18n.list(member.communities),
      standing:
        paused === undefined
          ? i18n.t('moderation.member.open')
          : paused.endsAt === null
            ? i18n.t('moderation.member.forever')
            : i18n.t('moderation.member.until', { when: i18n.deadline(paused.endsAt) }),
      decisions: decisions.map((one) => ({
        href: `/mod/cases/${one.caseId}`,
        text: i18n.t(`moderation.done.${one.action}`),
        rule: ruleWords(one.rule, i18n),
        when: i18n.when(one.at),
        reversed: one.reversed,
      })),
      notes: notes.map((note) => ({ body: note.body, who: note.who, when: i18n.when(note.at) })),
      form: formView(i18n, faulty),
    };
    return page('moderation/member', view, {
      status: faulty === undefined ? 200 : 422,
      title: member.handle,
    });
  }
}
