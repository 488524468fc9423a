import { HANDLE, suggestHandle, tellsAddress } from '../accounts/handles.js';
import { isReserved } from '../accounts/reserved-names.js';

const LONGEST = 24;
/** Plain words and a number, where no near handle is free or fits. */
const SUGGESTED = 6;

/**
 * Handles for somebody who was known by `name` elsewhere, the nearest first: the name itself where
 * it keeps the rules for handles, the name with a number, then two plain words.
 */
export function handleCandidates(name: string, email: string | null): string[] {
  const near = nearest(name);
  const fits = (handle: string): boolean =>
    HANDLE.test(handle) && !isReserved(handle) && (email === null || !tellsAddress(handle, email));
  const numbered = Array.from({ length: 8 }, (_, at) => `${near.slice(0, LONGEST - 2)}-${at + 2}`);
  return [
    ...(fits(near) ? [near, ...numbered.filter(fits)] : []),
    ...Array.from({ length: SUGGESTED }, () => suggestHandle()),
  ];
}

/** The name in the letters that a handle may have; empty where it has none of them. */
function nearest(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^[^a-zA-Z]+/, '')
    .slice(0, LONGEST)
    .replace(/-$/, '');
}
