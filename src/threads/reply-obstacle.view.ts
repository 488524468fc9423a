import type { Translator } from '../i18n/translator.js';
import type { AccessibleThread } from './thread-access.js';

/** What a reader who cannot reply is told, and what they can do about it. */
export interface ObstacleView {
  text: string;
  href: string | null;
  label: string | null;
  /** For guests: URL of the sign-up that redirects back. */
  join: string | null;
}

/** Obstacles to replying that the reader can remove immediately. */
export const RESOLVABLE_OBSTACLES: ReadonlySet<string> = new Set(['sign-in', 'join', 'verify']);

/** @param why key of the policy's result */
export function obstacleView(
  why: string,
  thread: AccessibleThread,
  i18n: Translator,
): ObstacleView {
  const addresses: Record<string, string> = {
    'sign-in': `/login?next=/t/${thread.id}`,
    join: `/c/${thread.slug}`,
    verify: '/settings/security',
    limited: '/notifications?kind=team',
  };
  const href = addresses[why] ?? null;
  return {
    text: i18n.t(`threads.hindrance.${why}`),
    join: why === 'sign-in' ? `/signup?next=/t/${thread.id}&community=${thread.slug}` : null,
    href,
    label: href === null ? null : i18n.t(`threads.hindrance.way.${why}`),
  };
}
