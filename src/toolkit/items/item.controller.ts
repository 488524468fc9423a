import { Controller, Get, Param, Post, UseInterceptors } from '@nestjs/common';
import { formPage } from '../../http/form-page.js';
import { Form, catchFieldError, type InvalidForm, type Submitted } from '../../http/form.js';
import { localPath, seeOther, type Page, type SeeOther } from '../../http/page.js';
import { RateLimits } from '../../http/rate-limit.js';
import { IdPipe, I18n, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import type { Translator } from '../../i18n/translator.js';
import { PrivateArea } from '../core/private-area.js';
import { ItemForm, MoveForm, OwnItemForm } from '../core/toolkit.dto.js';
import { ItemEditing } from './item-editing.service.js';
import { itemFormView } from './item-form.view.js';
import type { Item } from './item-texts.js';
import { ToolkitItems } from './toolkit-items.service.js';
import { ToolkitReader } from './toolkit-reader.service.js';

/** One item: the member's own name, note and steps for it, its position and collections. */
@Controller('toolkit/items')
@UseInterceptors(PrivateArea)
export class ItemController {
  constructor(
    private readonly items: ToolkitItems,
    private readonly editing: ItemEditing,
    private readonly reader: ToolkitReader,
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
    const { value, values } = form;
    const result = await catchFieldError(() => this.editing.add(viewer, value), values);
    return 'form' in result
      ? this.form(viewer, i18n, null, result.form)
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
    const { value, values } = form;
    if (value.name === '' && item.row.name === null)
      return this.form(viewer, i18n, item, {
        values,
        faults: [{ field: 'name', key: 'toolkit.error.name' }],
      });
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    const result = await catchFieldError(() => this.editing.edit(viewer, item, value), values);
    return 'form' in result
      ? this.form(viewer, i18n, item, result.form)
      : seeOther('/toolkit', 'toolkit.notice.kept');
  }

  @Post(':id/move')
  async move(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(MoveForm) form: Submitted<MoveForm>,
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
    faulty?: InvalidForm,
  ): Promise<Page> {
    const collections = await this.reader.collections(viewer.memberId);
    return formPage('toolkit/item', itemFormView(item, collections, i18n, faulty), faulty, {
      titleKey: item === null ? 'toolkit.new.title' : 'toolkit.item.title',
    });
  }
}
