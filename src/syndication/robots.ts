/** Paths that robots.txt disallows. */
const DISALLOWED = [
  '/@',
  '/admin',
  '/api/',
  '/c/*/feed.atom',
  '/decisions/',
  '/digests/',
  '/display',
  '/drafts',
  '/feeds/',
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

/**
 * The content of robots.txt. Threads and communities are not disallowed: a crawler must fetch a
 * page to see that it is `noindex`.
 * @param baseUrl the site's URL without a trailing slash
 */
export function robotsTxt(baseUrl: string): string {
  const rules = DISALLOWED.map((path) => `Disallow: ${path}\n`).join('');
  return `User-agent: *\n${rules}\nSitemap: ${baseUrl}/sitemap.xml\n`;
}
