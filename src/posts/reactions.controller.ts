import { Controller, Param, Post } from '@nestjs/common';
import { AppError } from '../kernel/errors.js';
import { Form, type Submitted } from '../http/form.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Reaction } from './post.dto.js';
import { postPath } from './post-address.js';
import { Reactions } from './reactions.service.js';

@Controller('posts/:id/reactions')
export class ReactionsController {
  constructor(
    private readonly reactions: Reactions,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  async toggle(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(Reaction) form: Submitted<Reaction>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'posts.error.reaction');
    await this.limits.count('reaction', viewer.memberId, 120, 600);
    const { kind, given } = form.value;
    const post =
      given === undefined
        ? await this.reactions.toggle(viewer, id, kind)
        : await this.reactions.set(viewer, id, kind, !given.split(' ').includes(kind));
    return seeOther(postPath(post.threadId, post.number));
  }
}
