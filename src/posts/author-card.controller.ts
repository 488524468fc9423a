import { Controller, Param, Post } from '@nestjs/common';
import { Form, type Submitted } from '../http/form.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { IdPipe, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { AppError } from '../kernel/errors.js';
import { HOME_ANCHOR } from './author-card.view.js';
import { AuthorCards, isShown } from './author-cards.service.js';
import { CardAnswer, SuggestedNotes } from './post.dto.js';
import { carePath, postPath } from './post-address.js';

/** The buttons of the card above one's own post. */
@Controller('posts/:id')
export class AuthorCardController {
  constructor(private readonly cards: AuthorCards) {}

  @Post('safe')
  safe(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(CardAnswer) form: Submitted<CardAnswer>,
  ): Promise<SeeOther> {
    return this.answer(viewer, id, 'safe', form);
  }

  @Post('need-now')
  needNow(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(CardAnswer) form: Submitted<CardAnswer>,
  ): Promise<SeeOther> {
    return this.answer(viewer, id, 'need-now', form);
  }

  @Post('hide-card')
  async hide(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    const post = await this.cards.answer(viewer, id, 'hidden');
    return seeOther(postPath(post.threadId, post.number), 'posts.notice.card-hidden');
  }

  @Post('suggested-notes')
  async suggested(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(SuggestedNotes) form: Submitted<SuggestedNotes>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    const post = await this.cards.takeSuggestion(viewer, id, form.value.answer);
    return seeOther(
      postPath(post.threadId, post.number),
      form.value.answer === 'add' ? 'posts.notice.note-added' : 'posts.notice.note-left',
    );
  }

  // Redirects to the card that was used, which shows the recorded answer: a notice at the top of
  // the page would be out of sight.
  private async answer(
    viewer: Viewer,
    id: string,
    answer: 'safe' | 'need-now',
    form: Submitted<CardAnswer>,
  ): Promise<SeeOther> {
    const post = await this.cards.answer(viewer, id, answer);
    const atHome = (form.valid && form.value.from === 'home') || !isShown(post.status);
    return seeOther(atHome ? `/#${HOME_ANCHOR}` : carePath(post.threadId, post.number));
  }
}
