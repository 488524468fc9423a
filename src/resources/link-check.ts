import { isIP } from 'node:net';

/** `unknown`: the address may well be there, but did not say so to a program. */
export type LinkState = 'works' | 'gone' | 'unknown';

/** Asks an address once. @returns the status after redirects @throws where no answer came */
export type AskAddress = (url: string) => Promise<number>;

const PATIENCE = 15_000;
const GONE = new Set([404, 410]);

/**
 * A GET without cookies or a referrer: many servers refuse HEAD. The body is not read. It names
 * what asks and nothing else.
 */
export const askAddress: AskAddress = async (url) => {
  const answer = await fetch(url, {
    redirect: 'follow',
    signal: AbortSignal.timeout(PATIENCE),
    headers: { 'User-Agent': 'Sameboat link check', Accept: 'text/html' },
  });
  await answer.body?.cancel();
  return answer.status;
};

/** Whether an address is one of the public web: by name, with http or https. */
export function isPublicAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 && host.includes('.') && !/\.(local|localhost|internal)\.?$/i.test(host);
}

/**
 * What an address answers. Refusals, faults and timeouts say nothing about the page that people
 * see: only "not found", "gone" and a name that nobody knows do.
 */
export async function linkState(address: string, ask: AskAddress): Promise<LinkState> {
  if (!isPublicAddress(address)) return 'unknown';
  try {
    const status = await ask(address);
    if (GONE.has(status)) return 'gone';
    return status >= 200 && status < 300 ? 'works' : 'unknown';
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : {};
    return cause?.code === 'ENOTFOUND' ? 'gone' : 'unknown';
  }
}
