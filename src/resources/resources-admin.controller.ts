import { Controller, Get, Param, Post } from '@nestjs/common';
import { tagBoxes } from '../communities/tag-choices.js';
import { Admin } from '../http/guards.js';
import { selectOptions } from '../http/options.js';
import { formPage, formView } from '../http/form-page.js';
import { Form, type FaultyForm, type Submitted, type Values } from '../http/form.js';
import { page, seeOther, type Page, type SeeOther } from '../http/page.js';
import { IdPipe, I18n, CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Clock } from '../kernel/clock.js';
import { Conflict, NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import type { Translator } from '../i18n/translator.js';
import { ResourceForm } from './resource.dto.js';
import { KINDS } from './resource-options.js';
import {
  allResources,
  pastWordings,
  resourceById,
  type KeptResource,
} from './resources.queries.js';
import { Resources } from './resources.service.js';
import { isDue, resourceView } from './resources.view.js';

/**
 * Where administrators keep the entries: what was reported and what has to be checked again comes
 * first.
 */
@Admin()
@Controller('admin/resources')
export class ResourcesAdminController {
  constructor(
    private readonly sql: Sql,
    private readonly resources: Resources,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@I18n() i18n: Translator): Promise<Page> {
    const rows = await this.sql.rows(allResources);
    const now = this.clock.now();
    const shown = (row: KeptResource): object => ({
      href: `/admin/resources/${row.id}`,
      ...resourceView(row, i18n),
      due: isDue(row, now),
      hidden: !row.shown,
      reports: reportsOf(row, i18n),
    });
    const due = rows.filter((row) => row.shown && isDue(row, now)).length;
    return page(
      'resources/admin-list',
      {
        resources: rows.map(shown),
        due: due === 0 ? null : i18n.t('resources.admin.due', { count: due }),
      },
      { titleKey: 'resources.admin.title' },
    );
  }

  @Get('new')
  blank(@I18n() i18n: Translator): Page {
    return this.editor(i18n, null, { kind: 'directory', shown: 'on', version: '0' });
  }

  @Post()
  async add(
    @I18n() i18n: Translator,
    @Form(ResourceForm) form: Submitted<ResourceForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.editor(i18n, null, {}, form);
    const id = await this.resources.add(form.value);
    return seeOther(`/admin/resources/${id}`, 'resources.notice.saved');
  }

  @Get(':id')
  async one(@I18n() i18n: Translator, @Param('id', IdPipe) id: string): Promise<Page> {
    const row = await this.known(id);
    return this.withHistory(i18n, row, valuesOf(row));
  }

  @Post(':id')
  async change(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(ResourceForm) form: Submitted<ResourceForm>,
  ): Promise<Page | SeeOther> {
    const row = await this.known(id);
    if (!form.valid) return this.withHistory(i18n, row, {}, form);
    try {
      await this.resources.change(viewer.memberId, id, form.value);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      // The words typed come back over the version that stands, so that the next try is made
      // knowing both.
      const values = { ...form.values, version: String(row.version) };
      return this.withHistory(
        i18n,
        row,
        {},
        { faults: [{ field: 'name', key: error.key }], values },
        409,
      );
    }
    return seeOther('/admin/resources', 'resources.notice.saved');
  }

  private async known(id: string): Promise<KeptResource> {
    const row = await this.sql.first(resourceById, { id });
    if (row === null) throw new NotFound();
    return row;
  }

  private async withHistory(
    i18n: Translator,
    row: KeptResource,
    values: Values,
    faulty?: FaultyForm,
    status?: number,
  ): Promise<Page> {
    const past = await this.sql.rows(pastWordings, { id: row.id });
    const history = past.map(({ version, wording, handle, replacedAt }) => ({
      title: i18n.t('resources.admin.version', {
        number: version,
        when: i18n.when(replacedAt),
        name: handle ?? i18n.t('posts.author.gone'),
      }),
      fields: ['name', 'summary', 'url'].map((name) => ({
        label: i18n.t(`resources.field.${name}`),
        value: typeof wording[name] === 'string' ? wording[name] : '',
      })),
    }));
    return this.editor(i18n, row, values, faulty, {
      history,
      reports: reportsOf(row, i18n),
      status,
    });
  }

  private editor(
    i18n: Translator,
    row: KeptResource | null,
    values: Values,
    faulty?: FaultyForm,
    more: { history?: object[]; reports?: string[]; status?: number } = {},
  ): Page {
    const form = formView(i18n, faulty, values);
    const chosen = form.values.needs;
    const view = {
      action: row === null ? '/admin/resources' : `/admin/resources/${row.id}`,
      title: row?.name ?? i18n.t('resources.admin.new'),
      form,
      kinds: selectOptions(KINDS, form.values.kind, (value) => i18n.t(`resources.kind.${value}`)),
      needs: tagBoxes(i18n, 'difficulty', Array.isArray(chosen) ? chosen : [chosen ?? '']),
      shown: form.values.shown === 'on',
      checked: form.values.checked === 'on',
      ...more,
    };
    return formPage('resources/edit', view, faulty, {
      ...(more.status === undefined ? {} : { status: more.status }),
      titleKey: 'resources.admin.title',
    });
  }
}

function reportsOf(row: KeptResource, i18n: Translator): string[] {
  return (row.reports ?? []).map(
    ({ problem, note, at }) =>
      `${i18n.when(new Date(at))}: ${i18n.t(`resources.problem.${problem}`)}${note === '' ? '' : ` – ${note}`}`,
  );
}

function valuesOf(row: KeptResource): Values {
  return {
    name: row.name,
    kind: row.kind,
    summary: row.summary,
    url: row.url,
    countries: row.countries.join(' '),
    languages: row.languages.join(' '),
    needs: row.needs,
    shown: row.shown ? 'on' : '',
    version: String(row.version),
  };
}
