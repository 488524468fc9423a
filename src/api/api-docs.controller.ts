import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { page, type Page } from '../http/page.js';
import { Config } from '../kernel/config.js';
import { apiDocsView, type ApiDocsView } from './api-docs.view.js';
import { ApiDocument } from './openapi-file.js';
import type { ApiDescription } from './openapi.js';

/** Seconds that caches may keep what changes with a new version alone. */
const MAX_AGE = 300;

/** The documentation of the API: for programs and for people, served here, without a script. */
@Controller('api')
export class ApiDocsController {
  private made: ApiDocsView | undefined;

  constructor(
    private readonly document: ApiDocument,
    private readonly config: Config,
  ) {}

  @Get('openapi.json')
  async json(@Res({ passthrough: true }) res: Response): Promise<ApiDescription> {
    const document = await this.document.read();
    res.setHeader('Cache-Control', `public, max-age=${MAX_AGE}`);
    return { ...document, servers: [{ url: this.config.baseUrl }] };
  }

  @Get('docs')
  async docs(): Promise<Page> {
    this.made ??= apiDocsView(await this.document.read(), this.config.baseUrl);
    return page('api/docs', this.made, { titleKey: 'apps.docs.title', publicFor: MAX_AGE });
  }
}
