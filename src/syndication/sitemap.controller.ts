import { Readable } from 'node:stream';
import { Controller, Get, Header, Param, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { robotsTxt } from './robots.js';
import { Sitemap } from './sitemap.service.js';
import { AllowReplicaLag } from '../http/replica-reads.js';

/** Cache lifetime of a sitemap in seconds. */
const MAX_AGE = 3_600;

/** robots.txt and sitemaps, for search engines. */
@Controller()
export class SitemapController {
  constructor(
    private readonly sitemap: Sitemap,
    private readonly config: Config,
  ) {}

  @Get('robots.txt')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  robots(): string {
    return robotsTxt(this.config.baseUrl);
  }

  @Get('sitemap.xml')
  @AllowReplicaLag()
  async index(@Res({ passthrough: true }) res: Response): Promise<string> {
    const index = await this.sitemap.index();
    setXmlHeaders(res);
    return index;
  }

  @Get('sitemaps/:name')
  @AllowReplicaLag()
  file(@Param('name') name: string, @Res({ passthrough: true }) res: Response): StreamableFile {
    const number = /^threads-([1-9]\d{0,8})\.xml$/.exec(name)?.[1];
    if (number === undefined && name !== 'pages.xml') throw new NotFound();
    setXmlHeaders(res);
    const lines =
      number === undefined ? this.sitemap.pagesFile() : this.sitemap.threadsFile(Number(number));
    return new StreamableFile(Readable.from(lines), { type: 'application/xml; charset=utf-8' });
  }
}

function setXmlHeaders(res: Response): void {
  res.setHeader('Content-Type', 'application/xml; charset=utf-8');
  res.setHeader('Cache-Control', `public, max-age=${MAX_AGE}`);
}
