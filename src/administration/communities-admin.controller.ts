import { Controller, Get, Param, Post } from '@nestjs/common';
import { CommunityDoor } from '../communities/community-door.js';
import type { CommunityAccess } from '../communities/community-access.js';
import { CommunityEditing } from '../communities/community-editing.service.js';
import { formView } from '../http/errors-in-form.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { Messages } from '../kernel/messages.js';
import { Sql } from '../kernel/sql.js';
import type { Words } from '../kernel/words.js';
import { adminCommunities, editable, waitingRequests } from './administration.queries.js';
import { CommunityForm, NewCommunityForm } from './communities.dto.js';
import { communityForm, NEW_COMMUNITY, valuesOfCommunity } from './community-form.view.js';

/**
 * Communities as administrators see them: all of them, founding one, and changing what is said of
 * one.
 */
@Controller('admin')
export class CommunitiesAdminController {
  constructor(
    private readonly sql: Sql,
    private readonly messages: Messages,
    private readonly door: CommunityDoor,
    private readonly editing: CommunityEditing,
  ) {}

  @Get()
  async start(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    asAdmin(viewer);
    const waiting = await this.sql.first(waitingRequests);
    return page(
      'administration/start',
      { requests: words.t('administration.start.requests', { count: waiting?.count ?? 0 }) },
      { titleKey: 'administration.title' },
    );
  }

  @Get('communities')
  async list(@Member() viewer: Viewer, @InWords() words: Words): Promise<Page> {
    asAdmin(viewer);
    const rows = await this.sql.rows(adminCommunities);
    const communities = rows.map((row) => ({
      slug: row.slug,
      name: row.name,
      open: row.archived
        ? words.t('administration.communities.archived')
        : words.t(`communities.visibility.${row.visibility}.short`),
      members: row.members,
      threads: row.threads,
      moderators:
        row.moderators === null
          ? words.t('administration.communities.nobody')
          : words.list(row.moderators),
    }));
    return page(
      'administration/communities',
      { communities },
      { titleKey: 'administration.communities.title' },
    );
  }

  @Get('communities/new')
  blank(@Member() viewer: Viewer, @InWords() words: Words): Page {
    asAdmin(viewer);
    return this.newPage(words);
  }

  @Post('communities/new')
  async found(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Form(NewCommunityForm) form: Submitted<NewCommunityForm>,
  ): Promise<Page | SeeOther> {
    asAdmin(viewer);
    if (!form.valid) return this.newPage(words, form);
    const { slug, rules, ...said } = form.value;
    const founded = await refusedField(async () => {
      if (rules.length === 0) throw new FieldError('rules', 'administration.error.rules');
      await this.editing.found(viewer, slug, said, rules);
    }, form.values);
    return 'form' in founded
      ? this.newPage(words, founded.form)
      : seeOther(`/c/${slug}/edit`, 'administration.notice.founded');
  }

  @Get('communities/:slug')
  async edit(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('slug') slug: string,
  ): Promise<Page> {
    asAdmin(viewer);
    return this.editPage(words, await this.door.open(viewer, slug));
  }

  @Post('communities/:slug')
  async save(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('slug') slug: string,
    @Form(CommunityForm) form: Submitted<CommunityForm>,
  ): Promise<Page | SeeOther> {
    asAdmin(viewer);
    const community = await this.door.open(viewer, slug);
    if (!form.valid) return this.editPage(words, community, form);
    const described = await refusedField(
      () => this.editing.describe(viewer, community, form.value),
      form.values,
    );
    if ('form' in described) return this.editPage(words, community, described.form);
    return seeOther(`/admin/communities/${slug}`, 'administration.notice.saved');
  }

  private newPage(words: Words, faulty?: FaultyForm): Page {
    const view = {
      fresh: true,
      action: '/admin/communities/new',
      ...communityForm(
        formView(this.messages, words.locale, faulty, faulty === undefined ? NEW_COMMUNITY : {}),
        words,
      ),
    };
    return page('administration/community', view, {
      titleKey: 'administration.communities.new',
      status: faulty === undefined ? 200 : 422,
    });
  }

  private async editPage(
    words: Words,
    community: CommunityAccess,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const row = await this.sql.first(editable, [community.id]);
    if (row === null) throw new NotFound();
    const form = formView(
      this.messages,
      words.locale,
      faulty,
      faulty === undefined ? valuesOfCommunity(row) : {},
    );
    const view = {
      fresh: false,
      slug: community.slug,
      name: community.name,
      archived: community.archived,
      action: `/admin/communities/${community.slug}`,
      ...communityForm(form, words),
    };
    return page('administration/community', view, {
      titleKey: 'administration.community.title',
      status: faulty === undefined ? 200 : 422,
    });
  }
}

/** Nobody else knows that these pages are there. */
export function asAdmin(viewer: Viewer): void {
  if (viewer.role !== 'admin') throw new NotFound();
}
