import { Controller, Get, Param, Post } from '@nestjs/common';
import { Admin } from '../http/guards.js';
import { formPage } from '../http/form-page.js';
import { Form, type InvalidForm, type Submitted } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Conflict } from '../kernel/errors.js';
import type { Translator } from '../i18n/translator.js';
import { ResourceForm } from './resource.dto.js';
import { adminListView, editResourceView, newResourceView } from './resource-editor.view.js';
import type { EditableResource } from './resources.queries.js';
import { Resources } from './resources.service.js';

/**
 * Routes for administrators to edit the entries. Reported ones and those due for a check come
 * first.
 */
@Admin()
@Controller('admin/resources')
export class ResourcesAdminController {
  constructor(
    private readonly resources: Resources,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@I18n() i18n: Translator): Promise<Page> {
    const view = adminListView(await this.resources.all(), this.clock.now(), i18n);
    return page('resources/admin-list', view, { titleKey: 'resources.admin.title' });
  }

  @Get('new')
  blank(@I18n() i18n: Translator): Page {
    return this.newPage(i18n);
  }

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(ResourceForm) form: Submitted<ResourceForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.newPage(i18n, form);
    const id = await this.resources.add(viewer.memberId, form.value);
    return seeOther(`/admin/resources/${id}`, 'resources.notice.saved');
  }

  @Get(':id')
  async one(@I18n() i18n: Translator, @Param('id', IdPipe) id: string): Promise<Page> {
    return this.editPage(i18n, await this.resources.byId(id));
  }

  @Post(':id')
  async change(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(ResourceForm) form: Submitted<ResourceForm>,
  ): Promise<Page | SeeOther> {
    const row = await this.resources.byId(id);
    if (!form.valid) return this.editPage(i18n, row, form);
    try {
      await this.resources.change(viewer.memberId, id, form.value);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // Returns the submitted texts with the current version, so that they can be submitted again.
      const values = { ...form.values, version: String(row.version) };
      const faulty = { faults: [{ field: 'name', key: error.key }], values };
      return this.editPage(i18n, row, faulty, 409);
    }
    return seeOther('/admin/resources', 'resources.notice.saved');
  }

  private newPage(i18n: Translator, faulty?: InvalidForm): Page {
    return formPage('resources/edit', newResourceView(i18n, faulty), faulty, {
      titleKey: 'resources.admin.title',
    });
  }

  private async editPage(
    i18n: Translator,
    row: EditableResource,
    faulty?: InvalidForm,
    status?: number,
  ): Promise<Page> {
    const past = await this.resources.pastVersions(row.id);
    return formPage('resources/edit', editResourceView(row, past, i18n, faulty), faulty, {
      ...(status === undefined ? {} : { status }),
      titleKey: 'resources.admin.title',
    });
  }
}
