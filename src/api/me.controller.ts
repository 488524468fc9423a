import { Controller, Get, Req, UseGuards } from '@nestjs/common';
import type { Request } from 'express';
import { CurrentMember } from '../http/request.js';
import type { Viewer } from '../http/viewer.js';
import { ApiGuard } from './api.guard.js';
import { Operation } from './documented.js';
import { MeJson } from './me.model.js';

/** The member to whom the token belongs. */
@Controller('api/v1/me')
@UseGuards(ApiGuard)
export class ApiMeController {
  @Get()
  @Operation({
    summary: 'Who the token acts for, and what it can do',
    scope: null,
    answer: MeJson,
  })
  show(@CurrentMember() viewer: Viewer, @Req() req: Request): MeJson {
    return {
      handle: viewer.handle,
      verified: viewer.verified,
      language: viewer.locale,
      country: viewer.country,
      timeZone: viewer.timeZone,
      unread: viewer.unread,
      breakUntil: viewer.breakUntil?.toISOString() ?? null,
      readOnlyUntil: viewer.readOnlyUntil?.toISOString() ?? null,
      scopes: [...(req.scopes ?? [])],
    };
  }
}
