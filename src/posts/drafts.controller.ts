import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { submittedValues } from '../http/form.js';
import { localPath, seeOther, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Drafts, formPage, isDraftPlace } from './drafts.service.js';

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
      // The script stays on its page and shows which of the two outcomes happened.
      res.status(outcome === 'two' ? 202 : 204);
      return undefined;
    }
    // A form has room for one text; the page of the member's own texts offers both.
    if (outcome === 'two') return seeOther('/mine#drafts', 'posts.notice.draft-two');
    return seeOther(
      formPage(values.place),
      outcome === 'kept' ? 'posts.notice.draft-kept' : undefined,
    );
  }

  /** Deletes a draft; a text that another form saved becomes the draft. */
  @Post('discard')
  async discard(@CurrentMember() viewer: Viewer, @Body() body: unknown): Promise<SeeOther> {
    const values = submittedValues(body);
    if (!isDraftPlace(values.place)) throw new NotFound();
    await this.drafts.drop(viewer.memberId, values.place);
    return seeOther(localPath(values.back, '/mine#drafts'), 'posts.notice.draft-discarded');
  }
}
