import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  Post,
  Put,
  Req,
  UseGuards,
  type PipeTransform,
} from '@nestjs/common';
import type { Request } from 'express';
import { IsIn } from 'class-validator';
import { RateLimits } from '../http/rate-limit.js';
import { CurrentMember, CurrentViewer, I18n, IdPipe } from '../http/request.js';
import type { MaybeViewer, Viewer } from '../http/viewer.js';
import type { Translator } from '../i18n/translator.js';
import { NotFound } from '../kernel/errors.js';
import { AuthorCards } from '../posts/author-cards.service.js';
import { PostAccess } from '../posts/post-access.js';
import type { PostChanges } from '../posts/edited-words.js';
import { EditPost } from '../posts/post.dto.js';
import { PostEditing } from '../posts/post-editing.service.js';
import { Reactions } from '../posts/reactions.service.js';
import { countReport } from '../reporting/report-limits.js';
import { NewReport } from '../reporting/reporting.dto.js';
import { Reporting } from '../reporting/reporting.service.js';
import { isConcern } from '../review/review-targets.js';
import { ApiGuard } from './api.guard.js';
import { Operation } from './documented.js';
import { Help } from './help.js';
import { readChanges, readJson } from './json-form.js';
import {
  CARD_ANSWERS,
  CardAnswerBody,
  EditBody,
  PostedJson,
  PostJson,
  REACTIONS,
} from './post.model.js';
import { PostReader } from './post-reader.js';
import { ReportBody, ReportedJson } from './report.model.js';
import { PostResponses } from './writing.js';

type Kind = (typeof REACTIONS)[number];

class KindPipe implements PipeTransform<string, Kind> {
  transform(value: string): Kind {
    const kind = REACTIONS.find((known) => known === value);
    if (kind === undefined) throw new NotFound();
    return kind;
  }
}

class CardAnswerForm {
  @IsIn(CARD_ANSWERS)
  answer!: (typeof CARD_ANSWERS)[number];
}

/** The cast is safe: an edit without `body` and `version` is rejected. */
function editOf(body: unknown): PostChanges {
  return readChanges(EditBody, EditPost, body) as PostChanges;
}

/** One post: reading and changing it, reactions and reports. */
@Controller('api/v1/posts/:id')
@UseGuards(ApiGuard)
export class ApiPostsController {
  constructor(
    private readonly access: PostAccess,
    private readonly posts: PostReader,
    private readonly editing: PostEditing,
    private readonly cards: AuthorCards,
    private readonly reactions: Reactions,
    private readonly reporting: Reporting,
    private readonly writing: PostResponses,
    private readonly help: Help,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  @Operation({
    summary: 'One post',
    description: 'Also if the reader’s own filters leave it out of the thread.',
    scope: 'threads:read',
    open: true,
    answer: PostJson,
    fails: [404],
  })
  async show(
    @CurrentViewer() viewer: MaybeViewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<PostJson> {
    return this.posts.one(req, i18n, viewer, await this.access.load(viewer, id));
  }

  @Put()
  @Operation({
    summary: 'Edit your own post',
    description:
      'Replaces the text, for seven days after it was posted; earlier versions are kept. What is ' +
      'left out stays as it is. It is read again, as on the page.',
    scope: 'threads:write',
    body: EditBody,
    answer: PostedJson,
    fails: [403, 404, 409, 422],
  })
  edit(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @Req() req: Request,
  ): Promise<PostedJson> {
    return this.writing.post(req, i18n, viewer, body, () =>
      this.editing.edit(viewer, id, editOf(body)),
    );
  }

  @Delete()
  @Operation({
    summary: 'Delete your own post',
    description: 'The text is deleted at once, the number stays. This cannot be undone.',
    scope: 'threads:write',
    answer: null,
    fails: [404],
  })
  async withdraw(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<void> {
    await this.editing.takeBack(viewer, id);
  }

  @Post('card')
  @Operation({
    summary: 'Answer the help card on your own post',
    description: 'Same as the buttons on the card: `need-now` alerts the team.',
    scope: 'threads:write',
    body: CardAnswerBody,
    answer: null,
    fails: [404, 422],
  })
  async answerCard(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
  ): Promise<void> {
    const { answer } = readJson(CardAnswerBody, CardAnswerForm, body);
    await this.cards.answer(viewer, id, answer);
  }

  @Put('reactions/:kind')
  @Operation({
    summary: 'Give a reaction',
    scope: 'threads:write',
    answer: null,
    fails: [403, 404],
  })
  async react(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Param('kind', KindPipe) kind: Kind,
  ): Promise<void> {
    await this.setReaction(viewer, id, kind, true);
  }

  @Delete('reactions/:kind')
  @Operation({
    summary: 'Remove a reaction',
    scope: 'threads:write',
    answer: null,
    fails: [403, 404],
  })
  async unreact(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Param('kind', KindPipe) kind: Kind,
  ): Promise<void> {
    await this.setReaction(viewer, id, kind, false);
  }

  @Post('reports')
  @Operation({
    summary: 'Report a post to the team',
    description: 'The author is not told. Sending it twice for the same reason makes one report.',
    scope: 'reports:write',
    body: ReportBody,
    answer: ReportedJson,
    made: true,
    fails: [403, 404, 422],
  })
  async report(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Body() body: unknown,
    @Req() req: Request,
  ): Promise<ReportedJson> {
    const form = readJson(ReportBody, NewReport, body);
    const post = await this.reporting.reportable(viewer, id);
    const many = await countReport(this.limits, viewer, post, form.reason);
    const number = await this.reporting.report(viewer, id, form, many);
    const worry = isConcern(form.reason);
    return {
      number,
      text: i18n.t(`reporting.receipt.${worry ? 'worry-thanks' : 'thanks'}`, { number }),
      help: worry ? this.help.ofWorry(req, i18n) : null,
    };
  }

  private async setReaction(viewer: Viewer, id: string, kind: Kind, given: boolean): Promise<void> {
    await this.limits.count('reaction', viewer.memberId, 120, 600);
    await this.reactions.set(viewer, id, kind, given);
  }
}
