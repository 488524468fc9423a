import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { page, type Page } from '../http/page.js';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { apiDocs, type ApiDocs } from './api-docs.view.js';
import { ApiDocument } from './openapi-file.js';
import type { ApiDescription } from './openapi.js';

/** Cache lifetime in seconds of content that only changes with a new version. */
const MAX_AGE = 300;

/** Serves the API documentation, as OpenAPI and as pages, without scripts or third parties. */
@Controller('api')
export class ApiDocsController {
  private made: ApiDocs | undefined;

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
    const { start } = await this.pages();
    return page('api/docs', start, { titleKey: 'apps.docs.title', publicFor: MAX_AGE });
  }

  /** @throws NotFound if the API has no such group */
  @Get('docs/:group')
  async group(@Param('group') name: string): Promise<Page> {
    const group = (await this.pages()).groups.get(name);
    if (group === undefined) throw new NotFound();
    return page('api/group', group, {
      titleKey: 'apps.docs.group',
      titleParams: { name: group.name },
      publicFor: MAX_AGE,
    });
  }

  private async pages(): Promise<ApiDocs> {
    this.made ??= apiDocs(await this.document.read(), this.config.baseUrl);
    return this.made;
  }
}
