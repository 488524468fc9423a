import { Controller, Param, Post } from '@nestjs/common';
import { Form, type Submitted } from '../../http/form.js';
import { localPath, seeOther, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import { SaveNote } from '../core/toolkit.dto.js';
import { ToolkitItems } from './toolkit-items.service.js';

/**
 * Saves a library strategy to the toolkit, and removes it. Shows no private text, so it also works
 * while the private area is locked.
 */
@Controller('strategies/:slug')
export class SavingController {
  constructor(
    private readonly items: ToolkitItems,
    private readonly limits: RateLimits,
  ) {}

  @Post('save')
  async save(
    @CurrentMember() viewer: Viewer,
    @Param('slug') slug: string,
    @Form(SaveNote) form: Submitted<SaveNote>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'toolkit.error.note');
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    await this.items.save(viewer, slug, form.value.note);
    return seeOther(localPath(form.values.back, `/strategies/${slug}`), 'toolkit.notice.saved');
  }

  @Post('unsave')
  async unsave(
    @CurrentMember() viewer: Viewer,
    @Param('slug') slug: string,
    @Form(SaveNote) form: Submitted<SaveNote>,
  ): Promise<SeeOther> {
    await this.items.unsave(viewer, slug);
    return seeOther(localPath(form.values.back, '/toolkit'), 'toolkit.notice.unsaved');
  }
}
