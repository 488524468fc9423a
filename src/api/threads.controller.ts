import { Body, Controller, Delete, Get, Param, Post, Put, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CommunityAccess } from '../communities/community-access.service.js';
import { canRead, requireCanPost } from '../communities/community-access.js';
import { RateLimits } from '../http/rate-limit.js';
import { CurrentMember, CurrentViewer, I18n, IdPipe } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { Forbidden } from '../kernel/errors.js';
import { countedPost, REPLIES, THREADS } from '../posting/counted-post.js';
import { NewThread } from '../posting/new-thread.dto.js';
import { Posting } from '../posting/posting.service.js';
import { NewReply } from '../replies/reply.dto.js';
import { Replying } from '../replies/replying.service.js';
import { CommunityPage } from '../threads/community-page.service.js';
import { ThreadAccess } from '../threads/thread-access.js';
import { ThreadFollows } from '../threads/thread-follows.service.js';
import { THREADS_PER_PAGE, type ThreadRow } from '../threads/thread-list.queries.js';
import { cursorOf } from '../threads/thread-list.view.js';
import { ThreadSaves } from '../threads/thread-saves.service.js';
import { ApiGuard } from './api.guard.js';
import { Operation } from './documented.js';
import { readJson, readQuery } from './json-form.js';
import { PostedJson, PostPageJson } from './post.model.js';
import { PostReader } from './post-reader.js';
import { threadItemJson, threadJson } from './thread.json.js';
import { readIdempotencyKey, PostResponses } from './writing.js';
import {
  FollowBody,
  NewReplyBody,
  NewThreadBody,
  PostPageQuery,
  ThreadJson,
  ThreadListJson,
  ThreadListQuery,
  type ThreadItemJson,
} from './thread.model.js';

/** Threads: reading and opening them, replying, following, saving. */
@Controller('api/v1')
@UseGuards(ApiGuard)
export class ApiThreadsController {
  constructor(
    private readonly communities: CommunityAccess,
    private readonly lists: CommunityPage,
    private readonly access: ThreadAccess,
    private readonly posts: PostReader,
    private readonly posting: Posting,
    private readonly replying: Replying,
    private readonly writing: PostResponses,
    private readonly follows: ThreadFollows,
    private readonly saves: ThreadSaves,
    private readonly limits: RateLimits,
  ) {}

  @Get('communities/:slug/threads')
  @Operation({
    summary: 'The threads of a community',
    description: '25 at a time, without anything the member has muted, hidden or filtered out.',
    scope: 'threads:read',
    open: true,
    query: ThreadListQuery,
    answer: ThreadListJson,
    fails: [403, 404, 422],
  })
  async list(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Req() req: Request,
  ): Promise<ThreadListJson> {
    const { sort, topic, after } = readQuery(ThreadListQuery, req.query);
    const community = await this.communities.load(viewer, slug);
    if (!canRead(viewer, community)) throw new Forbidden('threads.hindrance.join');
    const { pinned, threads } = await this.lists.threads(viewer, community, {
      sort,
      topic: topic === '' ? null : topic,
      after: after === '' ? undefined : after,
    });
    const shown = threads.slice(0, THREADS_PER_PAGE);
    const last = shown.at(-1);
    const item = (row: ThreadRow): ThreadItemJson => threadItemJson(row, i18n);
    return {
      pinned: pinned.map(item),
      items: shown.map(item),
      next: threads.length > shown.length && last !== undefined ? cursorOf(last) : null,
    };
  }

  @Post('communities/:slug/threads')
  @Operation({
    summary: 'Start a thread',
    description:
      'Screened as on the page: it may be held, and `help` comes first if the words call for it.',
    scope: 'threads:write',
    body: NewThreadBody,
    once: true,
    answer: PostedJson,
    made: true,
    fails: [403, 404, 422],
  })
  open(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('slug') slug: string,
    @Body() body: unknown,
    @Req() req: Request,
  ): Promise<PostedJson> {
    return this.writing.post(req, i18n, viewer, body, async () => {
      const community = await this.communities.load(viewer, slug);
      requireCanPost(viewer, community);
      const form = readJson(NewThreadBody, NewThread, body, readIdempotencyKey(req));
      return countedPost(
        this.limits,
        THREADS,
        viewer,
        form.idempotencyKey,
        () => this.posting.findSubmittedBefore(viewer, form),
        () => this.posting.post(viewer, community, form),
      );
    });
  }

  @Get('threads/:id')
  @Operation({
    summary: 'One thread, without its posts',
    scope: 'threads:read',
    open: true,
    answer: ThreadJson,
    fails: [404],
  })
  async thread(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<ThreadJson> {
    return threadJson(viewer, await this.access.load(viewer, id), i18n);
  }

  @Get('threads/:id/posts')
  @Operation({
    summary: 'The posts of a thread',
    description:
      'What the page of the thread shows this reader, and nothing more. Open no fold by yourself. ' +
      'Reading does not mark notifications as read.',
    scope: 'threads:read',
    open: true,
    query: PostPageQuery,
    answer: PostPageJson,
    fails: [404, 422],
  })
  postsOf(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<PostPageJson> {
    const page = PostPageQuery.pageOf(readQuery(PostPageQuery, req.query));
    return this.posts.page(req, i18n, viewer, id, page);
  }

  @Post('threads/:id/posts')
  @Operation({
    summary: 'Reply',
    description:
      'Screened as on the page: it may be held, and `help` comes first if the words call for it.',
    scope: 'threads:write',
    body: NewReplyBody,
    once: true,
    answer: PostedJson,
    made: true,
    fails: [403, 404, 422],
  })
  reply(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @Req() req: Request,
  ): Promise<PostedJson> {
    return this.writing.post(req, i18n, viewer, body, () => {
      const form = readJson(NewReplyBody, NewReply, body, readIdempotencyKey(req));
      return countedPost(
        this.limits,
        REPLIES,
        viewer,
        form.idempotencyKey,
        () => this.replying.findSubmittedBefore(viewer, id, form),
        () => this.replying.reply(viewer, id, form),
      );
    });
  }

  @Put('threads/:id/follow')
  @Operation({
    summary: 'Follow or mute a thread',
    scope: 'threads:write',
    body: FollowBody,
    answer: null,
    fails: [404, 422],
  })
  async follow(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<void> {
    await this.follows.set(viewer, id, readJson(FollowBody, FollowBody, body).level);
  }

  @Delete('threads/:id/follow')
  @Operation({
    summary: 'Stop following or muting a thread',
    scope: 'threads:write',
    answer: null,
    fails: [404],
  })
  async unfollow(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<void> {
    await this.follows.set(viewer, id, null);
  }

  @Put('threads/:id/save')
  @Operation({
    summary: 'Save a thread',
    scope: 'threads:write',
    answer: null,
    fails: [404],
  })
  async save(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<void> {
    await this.saves.save(viewer, id);
  }

  @Delete('threads/:id/save')
  @Operation({
    summary: 'Remove a thread from your saved threads',
    scope: 'threads:write',
    answer: null,
    fails: [404],
  })
  async unsave(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<void> {
    await this.saves.unsave(viewer, id);
  }
}
