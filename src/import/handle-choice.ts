import { HANDLE, suggestHandle, revealsAddress } from '../accounts/handles.js';
import { isReserved } from '../accounts/reserved-names.js';

const MAX_LENGTH = 24;
/**
 * Digits of fallback suggestions of plain words, if no similar handle is free or valid: a short one
 * where it is free, and ones of which there are enough for the accounts of any forum.
 */
const SUGGESTED_DIGITS = [2, 2, 2, 6, 6, 6, 6, 6];

/**
 * Candidate handles for somebody known by `name` elsewhere, most similar first: the name itself if
 * it is a valid handle, the name with a number, then two plain words.
 */
export function handleCandidates(name: string, email: string | null): string[] {
  const base = toHandle(name);
  const fits = (handle: string): boolean =>
    HANDLE.test(handle) &&
    !isReserved(handle) &&
    (email === null || !revealsAddress(handle, email));
  const numbered = Array.from(
    { length: 8 },
    (_, at) => `${base.slice(0, MAX_LENGTH - 2)}-${at + 2}`,
  );
  return [
    ...(fits(base) ? [base, ...numbered.filter(fits)] : []),
    ...SUGGESTED_DIGITS.map((digits) => suggestHandle(undefined, digits)).filter(fits),
  ];
}

/** The name reduced to characters that a handle may contain; empty if there are none. */
function toHandle(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-zA-Z0-9]+/g, '-')
    .replace(/^[^a-zA-Z]+/, '')
    .slice(0, MAX_LENGTH)
    .replace(/-$/, '');
}
