import { Controller, Get, Param, Post } from '@nestjs/common';
import { Moderator } from '../../http/guards.js';
import { formPage, formView } from '../../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../../http/form.js';
import { seeOther, type Page, type SeeOther } from '../../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import type { Translator } from '../../i18n/translator.js';
import { ReplyTemplateForm } from './reply-templates.dto.js';
import { ReplyTemplates } from './reply-templates.service.js';
import { replyTemplatesView } from './reply-templates.view.js';

/** Routes for managing the moderators' reply templates. */
@Moderator()
@Controller('mod/wordings')
export class ReplyTemplatesController {
  constructor(private readonly templates: ReplyTemplates) {}

  @Get()
  show(@I18n() i18n: Translator): Promise<Page> {
    return this.list(i18n);
  }

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ReplyTemplateForm) form: Submitted<ReplyTemplateForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.list(i18n, form);
    await this.templates.add(viewer, form.value);
    return saved();
  }

  @Post(':id')
  async edit(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(ReplyTemplateForm) form: Submitted<ReplyTemplateForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.list(i18n, form);
    await this.templates.edit(viewer, id, form.value);
    return saved();
  }

  @Post(':id/retire')
  async retire(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.templates.retire(viewer, id);
    return saved();
  }

  private async list(i18n: Translator, faulty?: InvalidForm): Promise<Page> {
    const rows = await this.templates.all();
    const view = replyTemplatesView(rows, formView(i18n, faulty), i18n);
    return formPage('moderation/reply-templates', view, faulty, {
      titleKey: 'moderation.reply-templates.title',
    });
  }
}

function saved(): SeeOther {
  return seeOther('/mod/wordings', 'moderation.notice.reply-template');
}
