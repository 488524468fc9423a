import { Body, Controller, Delete, Get, Param, Put, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { RateLimits } from '../http/rate-limit.js';
import { CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { Forbidden } from '../kernel/errors.js';
import { PrivateLock } from '../toolkit/core/private-lock.service.js';
import { SaveNote } from '../toolkit/core/toolkit.dto.js';
import { ToolkitItems } from '../toolkit/items/toolkit-items.service.js';
import {
  ITEMS_PER_PAGE,
  ToolkitReader,
  type ItemList,
} from '../toolkit/items/toolkit-reader.service.js';
import { ApiGuard } from './api.guard.js';
import { Operation } from './documented.js';
import { readJson, readQuery } from './json-form.js';
import { SaveBody, ToolkitJson, ToolkitQuery, type ToolkitItemJson } from './toolkit.model.js';

/** A member's toolkit. */
@Controller('api/v1/toolkit')
@UseGuards(ApiGuard)
export class ApiToolkitController {
  constructor(
    private readonly reader: ToolkitReader,
    private readonly items: ToolkitItems,
    private readonly lock: PrivateLock,
    private readonly limits: RateLimits,
  ) {}

  @Get()
  @Operation({
    summary: 'Your toolkit',
    description:
      'Refused if the member has locked their private pages, which can only be unlocked on the site.',
    scope: 'toolkit:read',
    query: ToolkitQuery,
    answer: ToolkitJson,
    fails: [403, 422],
  })
  async list(@CurrentMember() viewer: Viewer, @Req() req: Request): Promise<ToolkitJson> {
    const { q, after } = readQuery(ToolkitQuery, req.query);
    if (await this.lock.isLocked(viewer)) throw new Forbidden('apps.api.locked');
    const page = after === '' ? 1 : Number(after);
    const query = { search: q, collection: undefined, page };
    const { items, total } = await this.reader.list(viewer.memberId, query);
    return {
      items: items.map(itemJson),
      next: total > page * ITEMS_PER_PAGE ? String(page + 1) : null,
    };
  }

  @Put('strategies/:slug')
  @Operation({
    summary: 'Save a strategy to your toolkit',
    scope: 'toolkit:write',
    body: SaveBody,
    answer: null,
    fails: [404, 422],
  })
  async save(
    @CurrentMember() viewer: Viewer,
    @Param('slug') slug: string,
    @Body() body: unknown,
  ): Promise<void> {
    const { note } = readJson(SaveBody, SaveNote, body);
    await this.limits.count('toolkit', viewer.memberId, 600, 3_600);
    await this.items.save(viewer, slug, note);
  }

  @Delete('strategies/:slug')
  @Operation({
    summary: 'Remove a strategy from your toolkit',
    scope: 'toolkit:write',
    answer: null,
  })
  async unsave(@CurrentMember() viewer: Viewer, @Param('slug') slug: string): Promise<void> {
    await this.items.unsave(viewer, slug);
  }
}

function itemJson({ row, texts }: ItemList['items'][number]): ToolkitItemJson {
  const isOwn = row.strategyId === null;
  return {
    id: row.id,
    strategy: row.slug,
    name: texts.name === '' ? row.name : texts.name,
    summary: row.summary ?? '',
    note: texts.note,
    minutes: row.minutes,
    gone: !isOwn && row.name === null,
    savedAt: row.savedAt.toISOString(),
  };
}
