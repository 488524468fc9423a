import { Body, Controller, Post } from '@nestjs/common';
import { valuesOf } from '../http/form.js';
import { seeOther, type SeeOther } from '../http/page.js';
import { RateLimits } from '../http/rate-limit.js';
import { CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { NotFound } from '../kernel/errors.js';
import { Drafts, formPage, isDraftPlace } from './drafts.service.js';

/** By a button without script, by itself with script. */
@Controller('drafts')
export class DraftsController {
  constructor(
    private readonly drafts: Drafts,
    private readonly limits: RateLimits,
  ) {}

  @Post()
  async keep(@CurrentMember() viewer: Viewer, @Body() body: unknown): Promise<SeeOther> {
    const values = valuesOf(body);
    if (!isDraftPlace(values.place)) throw new NotFound();
    await this.limits.count('draft', viewer.memberId, 600, 3_600);
    const kept = await this.drafts.keep(viewer.memberId, values.place, values);
    return seeOther(formPage(values.place), kept ? 'posts.notice.draft-kept' : undefined);
  }
}
