import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...readdirSync('docs')
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];
const textOf = (page: string): string => readFileSync(page, 'utf8');

/** All matches on all pages, with their page. */
function named(pattern: RegExp): { page: string; name: string }[] {
  return pages.flatMap((page) =>
    [...textOf(page).matchAll(pattern)].map(([, name]) => ({ page, name: name ?? '' })),
  );
}

describe('the pages for people', () => {
  it('begin with two commands on a page of 80 lines', () => {
    const readme = textOf('README.md');
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(80);
    expect(/^ {4}(.+)$/m.exec(readme)?.[1]).toBe('npm ci');
    expect(readme).toContain('    npm ci\n    npm start\n');
  });

  it('name only files and folders that are there', () => {
    const paths = named(/`((?:src|test|views|migrations|findings|docs)\/[\w./-]+)`/g);
    expect(paths.length).toBeGreaterThan(30);
    expect(paths.filter(({ name }) => !existsSync(name))).toEqual([]);
  });

  it('name only sources that are there', () => {
    const sources = ['src', 'test', 'migrations', 'views'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => basename(path)),
    );
    // `x.policy.ts` stands for any feature's policy.
    const files = named(/`(?!x\.)([\w.-]+\.(?:ts|hbs|css))`/g);
    expect(files.length).toBeGreaterThan(10);
    expect(files.filter(({ name }) => !sources.includes(name))).toEqual([]);
  });

  it('lead only to pages and pictures that are there', () => {
    const links = named(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g);
    expect(links.length).toBeGreaterThan(12);
    expect(links.filter(({ page, name }) => !existsSync(join(dirname(page), name)))).toEqual([]);
  });

  it('name only commands that npm knows', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>;
    };
    const commands = named(/npm run ([\w:-]+)/g);
    expect(commands.length).toBeGreaterThan(15);
    expect(commands.filter(({ name }) => scripts[name] === undefined)).toEqual([]);
  });

  it('have no table that holds itself twice', () => {
    const tables = pages.flatMap((page) =>
      (textOf(page).match(/^\|.*(?:\n\|.*)*/gm) ?? []).map((table) => ({ page, table })),
    );
    expect(tables.length).toBeGreaterThan(10);
    const heads = (table: string): number => table.match(/^\| -+ \|/gm)?.length ?? 0;
    expect(tables.filter(({ table }) => heads(table) > 1).map(({ page }) => page)).toEqual([]);
  });

  it('have two small pictures', () => {
    const pictures = readdirSync('docs/images').filter((name) => name.endsWith('.png'));
    expect(pictures.length).toBeGreaterThanOrEqual(2);
    for (const name of pictures)
      expect([name, statSync(join('docs/images', name)).size < 150_000]).toEqual([name, true]);
  });
});
