import { describe, expect, it } from '@jest/globals';
import { placeNotice } from './placed-notice.js';

const PAGE =
  '<main class="page" id="main" tabindex="-1"><p>id="post-2"&gt;</p>' +
  '<article class="post" id="post-2" aria-labelledby="a"><h2 id="a">Two</h2></article></main>';

/** What stands right before the notice. */
function before(html: string): string {
  return html.split('<p class="notice')[0] ?? '';
}

describe('a placed notice', () => {
  it('stands first within the part that has the id, and is given the focus', () => {
    const html = placeNotice(PAGE, 'post-2', 'Posted & done.');
    expect(before(html)).toMatch(/id="post-2" aria-labelledby="a">\n$/);
    expect(html).toContain('role="status" tabindex="-1" data-focus>Posted &amp; done.</p><h2');
  });

  it('takes what somebody wrote for no part of the page', () => {
    expect(before(placeNotice(PAGE, 'post-2', 'Done.'))).toContain('<article');
  });

  it.each([null, 'gone'])('stands on top of the main part without a place (%s)', (place) => {
    expect(before(placeNotice(PAGE, place, 'Done.'))).toMatch(/^<main [^>]*>\n$/);
  });

  it('keeps a dollar sign', () => {
    expect(placeNotice(PAGE, null, 'Saved $& kept')).toContain('Saved $&amp; kept');
  });

  it('leaves a page without a main part as it is', () => {
    expect(placeNotice('<p>Plain</p>', 'main', 'Done.')).toBe('<p>Plain</p>');
  });
});
