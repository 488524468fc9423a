import { Controller, Get, Param, Post } from '@nestjs/common';
import { Moderator } from '../../http/guards.js';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { CaseAccess } from '../core/case-access.js';
import { DebriefForm, WellbeingForm } from './moderator-wellbeing.dto.js';
import { ModeratorWellbeing } from './moderator-wellbeing.service.js';
import {
  debriefValues,
  debriefView,
  wellbeingValues,
  wellbeingView,
} from './moderator-wellbeing.view.js';

/**
 * A moderator's own wellbeing: exposure in this shift, muted topics, and a debrief after a hard
 * case.
 */
@Moderator()
@Controller('mod')
export class ModeratorWellbeingController {
  constructor(
    private readonly wellbeing: ModeratorWellbeing,
    private readonly caseAccess: CaseAccess,
  ) {}

  @Get('me')
  show(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.ownPage(viewer, i18n);
  }

  @Post('me')
  async save(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(WellbeingForm) form: Submitted<WellbeingForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.ownPage(viewer, i18n, form);
    await this.wellbeing.choose(viewer, form.value.topics, form.value.mail === 'on');
    return seeOther('/mod/me', 'moderation.notice.own-care');
  }

  @Get('cases/:id/debrief')
  async debrief(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    await this.caseAccess.load(viewer, id);
    return this.debriefPage(viewer, i18n, id);
  }

  @Post('cases/:id/debrief')
  async ask(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(DebriefForm) form: Submitted<DebriefForm>,
  ): Promise<Page | SeeOther> {
    await this.caseAccess.load(viewer, id);
    if (!form.valid) return this.debriefPage(viewer, i18n, id, form);
    const { happened, felt, helped, harder, need } = form.value;
    await this.wellbeing.requestDebrief(viewer, id, [happened, felt, helped, harder, need]);
    return seeOther(`/mod/cases/${id}/debrief`, 'moderation.notice.debrief');
  }

  /** Marks a debrief as held. For staff and the current shift lead. */
  @Post('debriefs/:id/done')
  async done(@CurrentMember() viewer: Viewer, @Param('id', IdPipe) id: string): Promise<SeeOther> {
    await this.wellbeing.closeDebrief(viewer, id);
    return seeOther('/mod/shifts', 'moderation.notice.debrief-done');
  }

  private async ownPage(viewer: Viewer, i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const own = await this.wellbeing.of(viewer);
    const form = formView(i18n, faulty, wellbeingValues(own.settings));
    const view = wellbeingView(own.exposure, form, i18n);
    return formPage('moderation/me', view, faulty, { titleKey: 'moderation.me.title' });
  }

  private async debriefPage(
    viewer: Viewer,
    i18n: Translator,
    caseId: string,
    faulty?: InvalidForm,
  ): Promise<Page> {
    const debrief = await this.wellbeing.debrief(viewer, caseId);
    const form = formView(i18n, faulty, debriefValues(debrief));
    const view = debriefView(caseId, debrief, form, i18n);
    return formPage('moderation/debrief', view, faulty, { titleKey: 'moderation.debrief.title' });
  }
}
