import { Readable } from 'node:stream';
import { Controller, Get, Header, Param, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { Sql } from '../kernel/sql.js';
import { lastThread, mappedPlaces, mappedThreads } from './reach.queries.js';
import { xmlText, xmlTime } from './xml.js';

const OPEN_PAGES = [
  '/',
  '/find',
  '/communities',
  '/strategies',
  '/resources',
  '/help-now',
  '/about',
  '/guidelines',
  '/privacy',
  '/leaving-quickly',
];

/** Ids in one file: below the 50,000 addresses that a file may hold, whatever lies between them. */
const IDS_A_FILE = 40_000;
const ROWS_AT_ONCE = 2_000;
const FRESH = 3_600;

const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** For search engines: pages that anybody may read and that may be found, and no others. */
@Controller()
export class SitemapController {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
  ) {}

  @Get('robots.txt')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  robots(): string {
    const closed = [
      '/@',
      '/admin',
      '/api/',
      '/c/*/feed.atom',
      '/decisions/',
      '/digests/',
      '/display',
      '/drafts',
      '/forgot',
      '/leave',
      '/login',
      '/mine',
      '/mod',
      '/notifications',
      '/posts/',
      '/reports',
      '/reset/',
      '/search',
      '/settings',
      '/signup',
      '/t/*/similar',
      '/toolkit',
      '/unsubscribe/',
      '/verify/',
    ];
    // Threads and communities are not closed here: a page that may not be fetched cannot say
    // `noindex`.
    return `User-agent: *\n${closed.map((path) => `Disallow: ${path}\n`).join('')}\nSitemap: ${this.config.baseUrl}/sitemap.xml\n`;
  }

  @Get('sitemap.xml')
  async index(@Res({ passthrough: true }) res: Response): Promise<string> {
    const files = Math.ceil(Number((await this.sql.first(lastThread))?.last ?? 0) / IDS_A_FILE);
    const names = ['pages', ...Array.from({ length: files }, (_, at) => `threads-${at + 1}`)];
    xmlHeaders(res);
    return `${HEAD}<sitemapindex ${NAMESPACE}>\n${names.map((name) => `<sitemap><loc>${this.address(`/sitemaps/${name}.xml`)}</loc></sitemap>\n`).join('')}</sitemapindex>\n`;
  }

  @Get('sitemaps/:name')
  file(@Param('name') name: string, @Res({ passthrough: true }) res: Response): StreamableFile {
    const number = /^threads-([1-9]\d{0,8})\.xml$/.exec(name)?.[1];
    if (number === undefined && name !== 'pages.xml') throw new NotFound();
    xmlHeaders(res);
    return new StreamableFile(
      Readable.from(this.urls(number === undefined ? this.pages() : this.threads(Number(number)))),
      { type: 'application/xml; charset=utf-8' },
    );
  }

  // Written as it is read, so that a file of forty thousand addresses is never held whole.
  private async *urls(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
    yield Buffer.from(`${HEAD}<urlset ${NAMESPACE}>\n`);
    for await (const line of lines) yield Buffer.from(line);
    yield Buffer.from('</urlset>\n');
  }

  private async *pages(): AsyncGenerator<string> {
    const places = await this.sql.rows(mappedPlaces);
    for (const path of [...OPEN_PAGES, ...places.map((row) => row.path)])
      yield `<url><loc>${this.address(path)}</loc></url>\n`;
  }

  private async *threads(file: number): AsyncGenerator<string> {
    let after = (file - 1) * IDS_A_FILE;
    for (;;) {
      const rows = await this.sql.rows(mappedThreads, {
        afterThisId: String(after),
        id: String(file * IDS_A_FILE),
        limit: ROWS_AT_ONCE,
      });
      yield rows
        .map(
          ({ id, lastPostAt }) =>
            `<url><loc>${this.address(`/t/${id}`)}</loc><lastmod>${xmlTime(lastPostAt)}</lastmod></url>\n`,
        )
        .join('');
      if (rows.length < ROWS_AT_ONCE) return;
      after = Number(rows.at(-1)?.id);
    }
  }

  private address(path: string): string {
    return xmlText(`${this.config.baseUrl}${path}`);
  }
}

function xmlHeaders(res: Response): void {
  res.setHeader('Content-Type', 'application/xml; charset=utf-8');
  res.setHeader('Cache-Control', `public, max-age=${FRESH}`);
}
