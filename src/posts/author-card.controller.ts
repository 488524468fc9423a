import { Controller, Param, Post } from '@nestjs/common';
import { Form, type Submitted } from '../http/form.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AppError } from '../kernel/errors.js';
import { AuthorCards, type AuthorAnswer } from './author-cards.service.js';
import { SuggestedNotes } from './post.dto.js';
import { postPath } from './post-address.js';

/** The buttons of the card above one's own post. */
@Controller('posts/:id')
export class AuthorCardController {
  constructor(private readonly cards: AuthorCards) {}

  @Post('safe')
  safe(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.answer(viewer, id, 'safe', 'posts.notice.safe');
  }

  @Post('need-now')
  needNow(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.answer(viewer, id, 'need-now', 'posts.notice.need-now');
  }

  @Post('hide-card')
  hide(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    return this.answer(viewer, id, 'hidden', 'posts.notice.card-hidden');
  }

  @Post('suggested-notes')
  async suggested(@Member() viewer: Viewer, @Param('id', IdPipe) id: string, @Form(SuggestedNotes) form: Submitted<SuggestedNotes>): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    const post = await this.cards.takeSuggestion(viewer, id, form.value.answer);
    return seeOther(postPath(post.threadId, post.number), form.value.answer === 'add' ? 'posts.notice.note-added' : 'posts.notice.note-left');
  }

  private async answer(viewer: Viewer, id: string, answer: AuthorAnswer, notice: string): Promise<SeeOther> {
    const post = await this.cards.answer(viewer, id, answer);
    return seeOther(postPath(post.threadId, post.number), notice);
  }
}
