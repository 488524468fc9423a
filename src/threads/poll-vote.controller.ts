import { Controller, Param, Post } from '@nestjs/common';
import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { Form, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { CurrentMember, I18n, IdPipe } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { AppError, Forbidden, NotFound } from '../kernel/errors.js';
import { Polls } from '../polls/polls.js';
import { ThreadAccess } from './thread-access.js';
import { ThreadPage } from './thread-page.js';
import { replyObstacle } from './threads.policy.js';

export class VoteForm {
  static readonly repeated: readonly string[] = ['options'];

  /** Ids of the chosen options. */
  @IsArray({ message: 'forms.error.invalid' })
  @ArrayMaxSize(8, { message: 'forms.error.invalid' })
  @Matches(/^[1-9]\d{0,17}$/, { each: true, message: 'forms.error.invalid' })
  options: string[] = [];
}

/** Voting in the poll of a thread, which requires the same rights as replying. */
@Controller('t/:id')
export class PollVoteController {
  constructor(
    private readonly access: ThreadAccess,
    private readonly polls: Polls,
    private readonly threads: ThreadPage,
  ) {}

  @Post('vote')
  async vote(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(VoteForm) form: Submitted<VoteForm>,
  ): Promise<Page | SeeOther> {
    const chosen = form.valid ? form.value.options : [];
    const fault = await this.faultOf(viewer, id, chosen);
    return fault === null
      ? seeOther(`/t/${id}#poll`, 'threads.notice.voted')
      : this.threads.show(viewer, i18n, id, { page: 1, vote: { fault, chosen } });
  }

  @Post('unvote')
  async withdraw(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.check(viewer, id);
    await this.polls.vote(viewer.memberId, id, []);
    return seeOther(`/t/${id}#poll`, 'threads.notice.unvoted');
  }

  /**
   * Saves the vote.
   * @returns a message key if the poll rejects it
   */
  private async faultOf(
    viewer: Viewer,
    id: string,
    options: readonly string[],
  ): Promise<string | null> {
    // The access check comes first, even if nothing is chosen.
    await this.check(viewer, id);
    if (options.length === 0) return 'threads.error.poll-choose';
    try {
      await this.polls.vote(viewer.memberId, id, options);
      return null;
    } catch (error) {
      if (error instanceof AppError && error.status === 422) return error.key;
      throw error;
    }
  }

  private async check(viewer: Viewer, id: string): Promise<void> {
    const thread = await this.access.load(viewer, id);
    if (!thread.poll) throw new NotFound();
    const obstacle = replyObstacle(viewer, thread);
    if (obstacle !== null) throw new Forbidden(`threads.hindrance.${obstacle}`);
  }
}
