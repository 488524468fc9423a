import { Injectable } from '@nestjs/common';
import { Config } from '../kernel/config.js';
import { Sql } from '../kernel/sql.js';
import { lastThread, sitemapPages, sitemapThreads } from './sitemap.queries.js';
import { xmlText, xmlTime } from './xml.js';

/** Static public pages. */
const SITE_PAGES = [
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

/** Thread ids in each file: below the limit of 50,000 URLs (sitemaps.org). */
const IDS_PER_FILE = 40_000;
const BATCH_SIZE = 2_000;

const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

/** Sitemaps of the pages that search engines may index. */
@Injectable()
export class Sitemap {
  constructor(
    private readonly sql: Sql,
    private readonly config: Config,
  ) {}

  /** The index of all sitemap files. */
  async index(): Promise<string> {
    const files = Math.ceil(Number((await this.sql.first(lastThread))?.last ?? 0) / IDS_PER_FILE);
    const names = ['pages', ...Array.from({ length: files }, (_, at) => `threads-${at + 1}`)];
    const entries = names.map(
      (name) => `<sitemap><loc>${this.address(`/sitemaps/${name}.xml`)}</loc></sitemap>\n`,
    );
    return `${HEAD}<sitemapindex ${NAMESPACE}>\n${entries.join('')}</sitemapindex>\n`;
  }

  /** The file of pages, communities and strategies. */
  pagesFile(): AsyncIterable<Buffer> {
    return this.file(this.pages());
  }

  /** @param number of a thread file, 1-based */
  threadsFile(number: number): AsyncIterable<Buffer> {
    return this.file(this.threads(number));
  }

  // Streamed, so that 40,000 URLs are never held in memory.
  private async *file(lines: AsyncIterable<string>): AsyncGenerator<Buffer> {
    yield Buffer.from(`${HEAD}<urlset ${NAMESPACE}>\n`);
    for await (const line of lines) yield Buffer.from(line);
    yield Buffer.from('</urlset>\n');
  }

  private async *pages(): AsyncGenerator<string> {
    const listed = await this.sql.rows(sitemapPages);
    for (const path of [...SITE_PAGES, ...listed.map((row) => row.path)])
      yield `<url><loc>${this.address(path)}</loc></url>\n`;
  }

  private async *threads(number: number): AsyncGenerator<string> {
    const lastId = String(number * IDS_PER_FILE);
    let after = (number - 1) * IDS_PER_FILE;
    for (;;) {
      const range = { afterId: String(after), lastId, limit: BATCH_SIZE };
      const rows = await this.sql.rows(sitemapThreads, range);
      yield rows.map(({ id, lastPostAt }) => this.threadEntry(id, lastPostAt)).join('');
      if (rows.length < BATCH_SIZE) return;
      after = Number(rows.at(-1)?.id);
    }
  }

  private threadEntry(id: string, lastPostAt: Date): string {
    const address = this.address(`/t/${id}`);
    return `<url><loc>${address}</loc><lastmod>${xmlTime(lastPostAt)}</lastmod></url>\n`;
  }

  private address(path: string): string {
    return xmlText(`${this.config.baseUrl}${path}`);
  }
}
