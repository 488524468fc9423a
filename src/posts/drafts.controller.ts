import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { valuesOf } from '../http/form.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { Member } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Drafts, formPage, isDraftPlace } from './drafts.service.js';

/** By a button without script, by itself with script (which asks for no page back). */
@Controller('drafts')
export class DraftsController {
  constructor(private readonly drafts: Drafts, private readonly limits: RateLimits) {}

  @Post()
  async keep(@Member() viewer: Viewer, @Body() body: unknown, @Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<SeeOther | string> {
    const values = valuesOf(body);
    if (!isDraftPlace(values.place)) throw new NotFound();
    await this.limits.count('draft', viewer.memberId, 600, 3_600);
    const kept = await this.drafts.keep(viewer.memberId, values.place, values);
    if (req.headers['sec-fetch-mode'] === 'cors' || req.headers['x-requested-with'] === 'fetch') {
      res.status(204);
      return '';
    }
    return seeOther(formPage(values.place), kept ? 'posts.notice.draft-kept' : undefined);
  }
}
