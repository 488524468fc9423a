import { Body, Controller, Delete, Get, Param, Put, Req, UseGuards } from '@nestjs/common';
import { Equals, IsBoolean, MaxLength } from 'class-validator';
import type { Request } from 'express';
import { CommunityAccess } from '../communities/community-access.service.js';
import { canPost, canRead, mustAcknowledge } from '../communities/community-access.js';
import { CommunityOverviews, type CommunityOverview } from '../communities/community-overviews.js';
import { CommunityDirectory } from '../communities/community-directory.service.js';
import { presentStaff } from '../communities/communities.queries.js';
import { Membership } from '../communities/membership.service.js';
import { Checkbox } from '../http/fields.js';
import { RateLimits } from '../http/rate-limit.js';
import { CurrentMember, CurrentViewer, I18n } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { ApiGuard } from './api.guard.js';
import {
  CommunitiesJson,
  CommunityJson,
  CommunityListQuery,
  JoinBody,
  MembershipJson,
} from './community.model.js';
import { Operation } from './documented.js';
import { readJson, readQuery } from './json-form.js';

class JoinForm {
  @Checkbox()
  @IsBoolean()
  @Equals(true, { message: 'threads.error.guidelines' })
  guidelinesAcknowledged = false;

  @MaxLength(1_000, { message: 'communities.error.note-long' })
  note = '';
}

/** Communities: the directory, single communities, joining and leaving. */
@Controller('api/v1/communities')
@UseGuards(ApiGuard)
export class ApiCommunitiesController {
  constructor(
    private readonly directory: CommunityDirectory,
    private readonly access: CommunityAccess,
    private readonly membership: Membership,
    private readonly limits: RateLimits,
    private readonly overviews: CommunityOverviews,
  ) {}

  @Get()
  @Operation({
    summary: 'The directory of communities',
    scope: 'communities:read',
    open: true,
    query: CommunityListQuery,
    answer: CommunitiesJson,
    fails: [422],
  })
  async list(@CurrentViewer() viewer: MaybeViewer, @Req() req: Request): Promise<CommunitiesJson> {
    const { q, ...filter } = readQuery(CommunityListQuery, req.query);
    const rows = await this.directory.list(viewer, { text: q, ...filter });
    return {
      items: rows.map((row) => ({
        slug: row.slug,
        name: row.name,
        summary: row.summary,
        visibility: row.visibility,
        memberCount: row.memberCount,
        lastPostAt: row.lastPostAt?.toISOString() ?? null,
        joined: row.joined,
      })),
    };
  }

  @Get(':slug')
  @Operation({
    summary: 'One community',
    scope: 'communities:read',
    open: true,
    answer: CommunityJson,
    fails: [404],
  })
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
  ): Promise<CommunityJson> {
    const { community } = await this.overviews.load(viewer, slug);
    return communityJson(viewer, community, i18n);
  }

  @Put(':slug/membership')
  @Operation({
    summary: 'Join a community, or ask to',
    description: 'Nobody is told. Show the guidelines first.',
    scope: 'communities:write',
    body: JoinBody,
    answer: MembershipJson,
    fails: [403, 404, 422],
  })
  async join(
    @CurrentMember() viewer: Viewer,
    @Param('slug') slug: string,
    @Body() body: unknown,
  ): Promise<MembershipJson> {
    const { note } = readJson(JoinBody, JoinForm, body);
    await this.limits.count('join', viewer.memberId, 60, 3_600);
    const community = await this.access.load(viewer, slug);
    return { state: await this.membership.join(viewer, community, note) };
  }

  @Delete(':slug/membership')
  @Operation({
    summary: 'Leave a community',
    description: 'Also withdraws a request to join. The member’s posts stay.',
    scope: 'communities:write',
    answer: null,
    fails: [404],
  })
  async leave(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<void> {
    await this.membership.leave(viewer, await this.access.load(viewer, slug));
  }
}

function communityJson(
  viewer: MaybeViewer,
  community: CommunityOverview,
  i18n: Translator,
): CommunityJson {
  return {
    slug: community.slug,
    name: community.name,
    summary: community.summary,
    purposeHtml: community.purposeHtml,
    visibility: community.visibility,
    memberCount: community.memberCount,
    rules: community.rules,
    topics: community.topics,
    aliasesAllowed: community.aliasesAllowed,
    archived: community.archived,
    staff: presentStaff(community, i18n.now).map(({ handle, role }) => ({ handle, role })),
    joined: community.role !== null,
    asked: community.state === 'asked',
    joinQuestion:
      community.visibility === 'approval'
        ? (community.joinQuestion ?? i18n.t('communities.join.question'))
        : null,
    mayRead: canRead(viewer, community),
    mayPost: canPost(viewer, community),
    mustAcknowledge: mustAcknowledge(community),
  };
}
