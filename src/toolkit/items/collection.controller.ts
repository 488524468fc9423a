import { Controller, Param, Post, UseInterceptors } from '@nestjs/common';
import { Form, catchFieldError, type Submitted } from '../../http/form.js';
import { seeOther, type SeeOther } from '../../http/page.js';
import { IdPipe, CurrentMember } from '../../http/request.js';
import type { Viewer } from '../../http/viewer.js';
import { AppError } from '../../kernel/errors.js';
import { Collections } from './collections.service.js';
import { PrivateArea } from '../core/private-area.js';
import { CollectionForm } from '../core/toolkit.dto.js';

@Controller('toolkit/collections')
@UseInterceptors(PrivateArea)
export class CollectionController {
  constructor(private readonly collections: Collections) {}

  @Post()
  async add(
    @CurrentMember() viewer: Viewer,
    @Form(CollectionForm) form: Submitted<CollectionForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'toolkit.error.collection');
    const { value, values } = form;
    const result = await catchFieldError(() => this.collections.add(viewer, value.name), values);
    if ('form' in result) throw new AppError(422, 'toolkit.error.collections');
    return seeOther(`/toolkit?collection=${result.done}`, 'toolkit.notice.collection');
  }

  @Post(':id')
  async rename(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
    @Form(CollectionForm) form: Submitted<CollectionForm>,
  ): Promise<SeeOther> {
    if (!form.valid) throw new AppError(422, 'toolkit.error.collection');
    await this.collections.rename(viewer, id, form.value.name);
    return seeOther(`/toolkit?collection=${id}`, 'toolkit.notice.kept');
  }

  @Post(':id/remove')
  async remove(
    @CurrentMember() viewer: Viewer,
    @Param('id', IdPipe) id: string,
  ): Promise<SeeOther> {
    await this.collections.remove(viewer, id);
    return seeOther('/toolkit', 'toolkit.notice.collection-gone');
  }
}
