import { Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { formPage, formView } from '../../http/form-page.js';
import { Form, refusedField, type FaultyForm, type Submitted } from '../../http/form.js';
import { localPath, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { Database } from '../../kernel/database.js';
import { AppError } from '../../kernel/errors.js';
import { newToken } from '../../kernel/ids.js';
import { Sql } from '../../kernel/sql.js';
import { Vault } from '../../vault/vault.js';
import type { Translator } from '../../i18n/translator.js';
import { Collections } from './collections.service.js';
import { collectionName, type Item } from './item-words.js';
import { collections } from './items.queries.js';
import { isGone, itemName, useHref } from './items.view.js';
import { textLines } from '../core/emergency-card.view.js';
import { PrivateArea } from '../core/private-area.js';
import { ItemForm, MOST_STEPS, Move, OwnItemForm } from '../core/toolkit.dto.js';
import { ToolkitItems } from './toolkit-items.service.js';

/**
 * One thing of the toolkit: the member's own name, note and steps for it, its place, its
 * collections.
 */
@Controller('toolkit/items')
@UseInterceptors(PrivateArea)
export class ItemController {
  constructor(
    private readonly items: ToolkitItems,
    private readonly groups: Collections,
    private readonly database: Database,
    private readonly sql: Sql,
    private readonly vault: Vault,
    private readonly limits: RateLimits,
  ) {}

  @Get('new')
  fresh(@CurrentMember() viewer: Viewer, @I18n() i18n: Translator): Promise<Page> {
    return this.form(viewer, i18n, null);
  }

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Form(OwnItemForm) form: Submitted<OwnItemForm>,
  ): Promise<Page | SeeOther> {
    if (!form.valid) return this.form(viewer, i18n, null, form);
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    const { value } = form;
    const done = await refusedField(
      () =>
        this.database.inTransaction(async (tx) => {
          const group =
            value.newCollection === ''
              ? []
              : [await this.groups.named(tx, viewer, value.newCollection)];
          const id = await this.items.addOwn(
            tx,
            viewer,
            { name: value.name, note: value.note, steps: stepsIn(value.steps) },
            value.idempotencyKey,
          );
          await this.groups.place(tx, viewer, id, [...value.collections, ...group]);
        }),
      form.values,
    );
    return 'form' in done
      ? this.form(viewer, i18n, null, done.form)
      : seeOther('/toolkit', 'toolkit.notice.added');
  }

  @Get(':id')
  async show(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
  ): Promise<Page> {
    return this.form(viewer, i18n, await this.items.open(viewer, id));
  }

  @Post(':id')
  async write(
    @CurrentMember() viewer: Viewer,
    @I18n() i18n: Translator,
    @Param('id', IdPipe) id: string,
    @Form(ItemForm) form: Submitted<ItemForm>,
  ): Promise<Page | SeeOther> {
    const item = await this.items.open(viewer, id);
    if (!form.valid) return this.form(viewer, i18n, item, form);
    const { value } = form;
    if (value.name === '' && item.row.name === null)
      return this.form(viewer, i18n, item, {
        values: form.values,
        faults: [{ field: 'name', key: 'toolkit.error.name' }],
      });
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    const steps = stepsIn(value.steps);
    // Steps that are the library's own are no adaptation: they go on changing with it.
    const own = sameSteps(steps, item.row.steps ?? []) ? [] : steps;
    const done = await refusedField(
      () =>
        this.database.inTransaction(async (tx) => {
          const group =
            value.newCollection === ''
              ? []
              : [await this.groups.named(tx, viewer, value.newCollection)];
          await this.items.write(tx, viewer, id, {
            name: value.name === item.row.name ? '' : value.name,
            note: value.note,
            steps: own,
          });
          await this.groups.place(tx, viewer, id, [...value.collections, ...group]);
        }),
      form.values,
    );
    return 'form' in done
      ? this.form(viewer, i18n, item, done.form)
      : seeOther('/toolkit', 'toolkit.notice.kept');
  }

  @Post(':id/move')
  async move(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(Move) form: Submitted<Move>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'forms.error.invalid');
    await this.items.move(viewer, id, form.value.to);
    return seeOther(`${localPath(form.values.back, '/toolkit')}#item-${id}`);
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.items.open(viewer, id);
    await this.items.remove(viewer, id);
    return seeOther('/toolkit', 'toolkit.notice.unsaved');
  }

  private async form(
    viewer: Viewer,
    i18n: Translator,
    item: Item | null,
    faulty?: FaultyForm,
  ): Promise<Page> {
    const [key, named] = await Promise.all([
      this.vault.of(viewer.memberId),
      this.sql.rows(collections, { memberId: viewer.memberId }),
    ]);
    const stored =
      item === null
        ? { name: '', note: '', steps: '' }
        : {
            name: item.words.name,
            note: item.words.note,
            steps: (item.words.steps.length > 0 ? item.words.steps : (item.row.steps ?? [])).join(
              '\n',
            ),
          };
    const form = formView(i18n, faulty, {
      ...stored,
      collections: item?.row.collections ?? [],
    });
    const chosen = form.values.collections ?? [];
    const key2 = form.values.idempotencyKey;
    const view = {
      action: item === null ? '/toolkit/items' : `/toolkit/items/${item.row.id}`,
      id: item?.row.id ?? null,
      name: item === null ? null : itemName(item, i18n),
      library: item?.row.name ?? null,
      slug: item?.row.slug ?? null,
      use: item === null ? null : useHref(item),
      credit: item?.row.credit ?? null,
      gone: item !== null && isGone(item),
      damaged: item?.damaged ?? false,
      form,
      idempotencyKey:
        item !== null ? null : typeof key2 === 'string' && key2 !== '' ? key2 : newToken(12),
      collections: named.map((row) => ({
        value: row.id,
        label: collectionName(key, row) ?? i18n.t('toolkit.unreadable'),
        checked: chosen.includes(row.id),
      })),
      limits: { steps: MOST_STEPS },
    };
    return formPage('toolkit/item', view, faulty, {
      titleKey: item === null ? 'toolkit.new.title' : 'toolkit.item.title',
    });
  }
}

/** A line is a step; a number or a dash in front of it is none of its words. */
function stepsIn(text: string): string[] {
  return textLines(text)
    .map((line) => line.replace(/^(?:\d{1,2}[.)]|[-*•])\s+/, ''))
    .filter((line) => line !== '')
    .slice(0, MOST_STEPS);
}

function sameSteps(a: string[], b: string[]): boolean {
  return a.length === b.length && a.every((step, at) => step === b[at]);
}
