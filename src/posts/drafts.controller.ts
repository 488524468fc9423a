import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { submittedValues } from '../http/form.js';
import { localPath, seeOther, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { FieldError, NotFound } from '../kernel/errors.js';
import { draftFormOf, Drafts, formPage, isDraftPlace } from './drafts.service.js';

const STATUS = { kept: 204, two: 202, emptied: 205, none: 413 } as const;

/** Saves drafts: with a button, or automatically by a script. */
@Controller('drafts')
export class DraftsController {
  constructor(
    private readonly drafts: Drafts,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  async keep(
    @CurrentMember() viewer: Viewer,
    @Body() body: unknown,
    @Req() req: Request,
    @Res({ passthrough: true }) res: Response,
  ): Promise<SeeOther | undefined> {
    const values = submittedValues(body);
    if (!isDraftPlace(values.place)) throw new NotFound();
    await this.limits.count('draft', viewer.memberId, 600, 3_600);
    const outcome = await this.drafts.keep(viewer.memberId, values.place, values);
    if (req.headers.accept === 'application/json') {
      // The script stays on its page and shows which outcome it was.
      res.status(STATUS[outcome]);
      return undefined;
    }
    // The page of the error returns the words.
    if (outcome === 'none') throw new FieldError('body', 'posts.error.body');
    // A form has room for one text; the page of the member's own texts offers both.
    if (outcome === 'two') return seeOther('/mine#drafts', 'posts.notice.draft-two');
    return seeOther(
      formPage(values.place),
      outcome === 'kept' ? 'posts.notice.draft-kept' : undefined,
    );
  }

  /** Deletes the draft that a page shows; a text that another form saved becomes the draft. */
  @Post('discard')
  async discard(@CurrentMember() viewer: Viewer, @Body() body: unknown): Promise<SeeOther> {
    const values = submittedValues(body);
    if (!isDraftPlace(values.place)) throw new NotFound();
    const done = await this.drafts.drop(viewer.memberId, values.place, draftFormOf(values));
    return seeOther(
      localPath(values.back, '/mine#drafts'),
      done ? 'posts.notice.draft-discarded' : 'posts.notice.draft-changed',
    );
  }
}
