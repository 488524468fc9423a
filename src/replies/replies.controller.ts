import { Controller, Param, Post } from '@nestjs/common';
import type { Words } from '../kernel/words.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { IdPipe, InWords, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { postPath } from '../posts/post-address.js';
import { unlessLookFirst } from '../posts/look-first.js';
import { ThreadPage } from '../threads/thread-page.js';
import { NewReply } from './reply.dto.js';
import { Replying, type PostedReply } from './replying.service.js';

@Controller('t/:id/replies')
export class RepliesController {
  constructor(
    private readonly replying: Replying,
    private readonly threads: ThreadPage,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  async post(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Form(NewReply) form: Submitted<NewReply>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.again(viewer, words, id, form);
    const before = await this.replying.sentBefore(viewer, id, form.value);
    if (before !== null) return this.posted(id, before);
    await this.limits.count('reply', viewer.memberId, 60, 600);
    const posted = await unlessLookFirst(() =>
      refusedField(() => this.replying.reply(viewer, id, form.value), form.values),
    );
    if ('look' in posted)
      return this.threads.show(viewer, words, id, {
        page: 'last',
        faulty: { faults: [], values: form.values },
        look: posted.look,
      });
    if ('form' in posted) return this.again(viewer, words, id, posted.form);
    if (posted.done.again) await this.limits.giveBack('reply', viewer.memberId);
    return this.posted(id, posted.done);
  }

  private posted(id: string, reply: PostedReply): SeeOther {
    return seeOther(
      postPath(id, reply.number),
      reply.held ? 'posts.notice.held' : 'threads.notice.replied',
    );
  }

  private again(viewer: Viewer, words: Words, id: string, faulty: FaultyForm): Promise<Page> {
    // What cannot be answered any more is let go of, so that the words can go out as a plain reply.
    const lost = faulty.faults.some(({ field }) => field === 'replyTo');
    return this.threads.show(viewer, words, id, {
      page: 'last',
      faulty: lost ? { ...faulty, values: { ...faulty.values, replyTo: '' } } : faulty,
    });
  }
}
