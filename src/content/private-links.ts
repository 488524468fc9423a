import { escapeRegExp } from './escape.js';

/** Prefixes of this site's links and addresses. */
export interface OwnAddresses {
  /** See `Config.baseUrl`. */
  readonly baseUrl: string;
}

/** Text without spaces, brackets and quotation marks, at which every link ends. */
const CHUNK = /[^\s<>()[\]{}"'`|\\]+/g;
/**
 * A link with a token, on any host: it lets anybody unsubscribe, set a password or read what was
 * shared.
 */
const OPENS = /\/(?:unsubscribe|reset|verify|address|shared)\/+[\w-]{32,}/i;
/** An address with a token after a plus, used for replying, unsubscribing or bounces. */
const MARKED = /\+(?:[0-9a-f]{32}|[0-9a-f]{40}|[\w-]{43})@/i;
/** Pages of this site that belong to one member. */
const KINDS = 'unsubscribe|reset|verify|shared|settings/+security/+address|notifications|digests';
const PATHS = `(?:${KINDS})/+[^\\s/?#]`;
const TOKEN = /(?<![\w-])[\w-]{43}(?![\w-])/g;
const STOPS = '.,;:!?*~…';

/**
 * Replaces links and addresses that act for one member: links of this site with a token, and reply
 * addresses. Takes time linear in the text's length.
 * @param instead the replacement; `…` if it would be longer than the replaced text
 * @returns the text itself if it contains none
 */
export function withoutPrivateLinks(text: string, own: OwnAddresses, instead: string): string {
  const page = pageOf(own.baseUrl);
  return text.replace(CHUNK, (chunk) => {
    const core = chunk.slice(0, endOf(chunk));
    if (!isPrivate(core, page)) return chunk;
    return (instead.length <= core.length ? instead : '…') + chunk.slice(core.length);
  });
}

function pageOf(baseUrl: string): RegExp {
  const { host, pathname } = new URL(baseUrl);
  const [name, folder] = [host, pathname.replace(/\/$/, '')].map(escapeRegExp);
  return new RegExp(`(?<![\\w.-])${name}\\.?(?::\\d{1,5})?${folder}/+${PATHS}`, 'i');
}

// Punctuation at the end of a sentence does not belong to a link.
function endOf(chunk: string): number {
  let end = chunk.length;
  while (end > 0 && STOPS.includes(chunk.charAt(end - 1))) end -= 1;
  return end;
}

function isPrivate(chunk: string, page: RegExp): boolean {
  const plain = decoded(chunk);
  if (OPENS.test(plain) || MARKED.test(plain) || page.test(plain)) return true;
  // A token that a line break separated from its link. An external URL may contain a token of its
  // own.
  if (/^[a-z][a-z0-9+.-]{0,20}:\/\/|^www\./i.test(plain)) return false;
  return [...plain.matchAll(TOKEN)].some(([token]) => isRandom(token));
}

// Link scanners wrap our links in their own, encoded once or twice. Never throws, unlike
// decodeURIComponent.
function decoded(chunk: string): string {
  let text = chunk;
  for (let round = 0; round < 3 && text.includes('%'); round += 1) {
    text = text.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    );
  }
  return text;
}

// Hyphenated words change case only at hyphens; a random token changes it everywhere.
function isRandom(token: string): boolean {
  return (
    (token.match(/[a-z][A-Z]/g)?.length ?? 0) +
      (token.match(/[A-Za-z]\d|\d[A-Za-z]/g)?.length ?? 0) >=
      4 && /[A-Z]/.test(token)
  );
}
