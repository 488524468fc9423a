import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { Assets } from './assets.js';

const KB = 1_024;

describe('assets of every page', () => {
  const assets = new Assets();
  const body = (name: string): Buffer => assets.at(assets.path(name))?.body ?? Buffer.alloc(0);
  const weight = (name: string): number => gzipSync(body(name), { level: 9 }).length;

  it('stay light', () => {
    expect(weight('site.css')).toBeGreaterThan(KB);
    expect(weight('site.css')).toBeLessThan(14 * KB);
    expect(weight('site.js')).toBeGreaterThan(KB);
    expect(weight('site.js')).toBeLessThan(10 * KB);
  });

  it('hold the rules of every style sheet in order, and no comment', () => {
    const css = body('site.css').toString();
    expect(css).not.toMatch(/\/\*|\n\s/);
    expect(css.indexOf(':root')).toBeLessThan(css.indexOf('.masthead'));
    expect(css.indexOf('.masthead')).toBeLessThan(css.indexOf('@media print'));
  });
});
