import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Form, refusedField, type FaultyForm, type Submitted } from '../http/form.js';
import { seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, InWords, Member, textQuery } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import type { Words } from '../kernel/words.js';
import { IsIn } from 'class-validator';
import { CaseDoor, mustModerate } from './case-access.js';
import { CaseMovedOn } from './case-moved-on.js';
import { CasePage } from './case-page.js';
import { Claims } from './claims.service.js';
import { DecideForm } from './decide.dto.js';
import { Deciding } from './deciding.service.js';
import { OwnCare } from './own-care.service.js';

export class ReadForm {
  @IsIn(['', 'on'], { message: 'forms.error.invalid' })
  sure: '' | 'on' = '';
}

/** One case: taking it in hand, opening its words, deciding. */
@Controller('mod/cases/:id')
export class CaseController {
  constructor(
    private readonly care: OwnCare,
    private readonly door: CaseDoor,
    private readonly cases: CasePage,
    private readonly claims: Claims,
    private readonly deciding: Deciding,
  ) {}

  @Get()
  show(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Req() req: Request,
  ): Promise<Page> {
    mustModerate(viewer);
    return this.cases.show(viewer, words, id, {
      open: textQuery(req, 'words') === 'open',
      sure: (['spared', 'stop'] as const).find((why) => why === textQuery(req, 'sure')),
    });
  }

  @Post('claim')
  claim(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    return this.unlessMovedOn(viewer, words, id, async () => {
      await this.claims.claim(viewer, id);
      return seeOther(`/mod/cases/${id}`, 'moderation.notice.claimed');
    });
  }

  @Post('release')
  async release(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    mustModerate(viewer);
    await this.claims.release(viewer, id);
    return seeOther(`/mod/cases/${id}`, 'moderation.notice.released');
  }

  @Post('pass')
  async pass(@Member() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    mustModerate(viewer);
    await this.claims.pass(viewer, id);
    return seeOther('/mod', 'moderation.notice.passed');
  }

  @Post('read')
  async read(
    @Member() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(ReadForm) form: Submitted<ReadForm>,
  ): Promise<SeeOther> {
    mustModerate(viewer);
    // One more click, for the moderator's own sake; never a no.
    const why =
      form.valid && form.value.sure === 'on'
        ? null
        : await this.care.asksOnceMore(viewer, await this.door.open(viewer, id));
    if (why !== null) return seeOther(`/mod/cases/${id}?sure=${why}#words`);
    await this.claims.read(viewer, id);
    return seeOther(`/mod/cases/${id}?words=open#words`);
  }

  @Post('decide')
  decide(
    @Member() viewer: Viewer,
    @InWords() words: Words,
    @Param('id', IdPipe) id: string,
    @Form(DecideForm) form: Submitted<DecideForm>,
  ): Promise<Page | SeeOther> {
    mustModerate(viewer);
    if (!form.valid) return this.cases.show(viewer, words, id, { open: true, faulty: form });
    return this.unlessMovedOn(
      viewer,
      words,
      id,
      async () => {
        const decided = await refusedField(
          () => this.deciding.decide(viewer, id, form.value),
          form.values,
        );
        if ('form' in decided)
          return this.cases.show(viewer, words, id, { open: true, faulty: decided.form });
        if (decided.done.waits) return seeOther(`/mod/cases/${id}`, 'moderation.notice.proposed');
        return seeOther(
          `/mod/cases/${id}`,
          decided.done.open ? 'moderation.notice.kept-open' : 'moderation.notice.decided',
        );
      },
      { faults: [], values: form.values },
    );
  }

  /** A colleague was quicker: the page says what they did, and the form comes back as it was. */
  private async unlessMovedOn(
    viewer: Viewer,
    words: Words,
    id: string,
    work: () => Promise<Page | SeeOther>,
    faulty?: FaultyForm,
  ): Promise<Page | SeeOther> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof CaseMovedOn)) throw error;
      return this.cases.show(viewer, words, id, { open: true, movedOn: true, faulty });
    }
  }
}
