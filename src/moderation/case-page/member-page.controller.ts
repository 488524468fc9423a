import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { Moderator } from '../../http/guards.js';
import { page, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { I18n, CurrentMember, textQuery } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { moderatedMemberPath } from '../../review/moderated-members.js';
import type { Translator } from '../../i18n/translator.js';
import { NoteForm } from '../core/note.dto.js';
import type { ModeratedMember } from './member-page.queries.js';
import { memberPageView, memberSearchView } from './member-page.view.js';
import { ModeratedMembers } from './moderated-members.service.js';

/** A member's page for moderators: notes, decisions, pauses. Never shows an alias. */
@Moderator()
@Controller('mod/members')
export class MemberPageController {
  constructor(
    private readonly members: ModeratedMembers,
    private readonly limits: RateLimits,
  ) {}

  /** Searches members by handle prefix. */
  @Get()
  async find(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Req() req: Request,
  ): Promise<Page> {
    const prefix = (textQuery(req, 'q') ?? '').trim().slice(0, 24);
    const view = memberSearchView(prefix, await this.members.find(viewer, prefix), i18n);
    return page('moderation/members', view, { titleKey: 'moderation.members.title' });
  }

  @Get(':handle')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('handle') handle: string,
  ): Promise<Page> {
    const member = await this.members.load(viewer, handle);
    await this.members.recordReading(viewer, member);
    return this.memberPage(viewer, i18n, member);
  }

  @Post(':handle/notes')
  async note(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('handle') handle: string,
    @Form(NoteForm) form: Submitted<NoteForm>,
  ): Promise<Page | SeeOther> {
    const member = await this.members.load(viewer, handle);
    if (!form.valid) return this.memberPage(viewer, i18n, member, form);
    await this.limits.count('moderator-note', viewer.memberId, 120, 3_600);
    await this.members.addNote(viewer, member, form.value.body);
    return seeOther(moderatedMemberPath(member.handle), 'moderation.notice.noted');
  }

  @Post(':handle/trust')
  async trust(@CurrentMember() viewer: Viewer, @Param('handle') handle: string): Promise<SeeOther> {
    const member = await this.members.load(viewer, handle);
    await this.members.trust(viewer, member);
    return seeOther(moderatedMemberPath(member.handle), 'moderation.notice.trusted');
  }

  private async memberPage(
    viewer: Viewer,
    i18n: Translator,
    member: ModeratedMember,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const record = await this.members.record(viewer, member);
    const view = memberPageView(record, formView(i18n, faulty), i18n);
    return formPage('moderation/member', view, faulty, { title: member.handle });
  }
}
