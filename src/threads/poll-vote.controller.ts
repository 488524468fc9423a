import { Controller, Param, Post } from '@nestjs/common';
import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { Form, type Submitted } from '../http/form.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { CurrentMember, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AppError, Forbidden, NotFound } from '../kernel/errors.js';
import { Polls } from '../polls/polls.js';
import { ThreadAccess } from './thread-access.js';
import { replyHindrance } from './threads.policy.js';

export class VoteForm {
  static readonly repeated: readonly string[] = ['options'];

  /** Ids of the options that are chosen. */
  @IsArray({ message: 'forms.error.invalid' })
  @ArrayMaxSize(8, { message: 'forms.error.invalid' })
  @Matches(/^[1-9]\d{0,17}$/, { each: true, message: 'forms.error.invalid' })
  options: string[] = [];
}

/** Voting in the poll of a thread, which needs what replying needs. */
@Controller('t/:id')
export class PollVoteController {
  constructor(
    private readonly access: ThreadAccess,
    private readonly polls: Polls,
  ) {}

  @Post('vote')
  async vote(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(VoteForm) form: Submitted<VoteForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    if (form.value.options.length === 0) throw new AppError(422, 'threads.error.poll-choose');
    await this.save(viewer, id, form.value.options);
    return seeOther(`/t/${id}#poll`, 'threads.notice.voted');
  }

  @Post('unvote')
  async withdraw(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.save(viewer, id, []);
    return seeOther(`/t/${id}#poll`, 'threads.notice.unvoted');
  }

  private async save(viewer: Viewer, id: string, options: readonly string[]): Promise<void> {
    const thread = await this.access.load(viewer, id);
    if (!thread.poll) throw new NotFound();
    const hindrance = replyHindrance(viewer, thread);
    if (hindrance !== null) throw new Forbidden(`threads.hindrance.${hindrance}`);
    await this.polls.vote(viewer.memberId, id, options);
  }
}
