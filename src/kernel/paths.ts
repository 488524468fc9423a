import { fileURLToPath } from 'node:url';

/** The project's root: two folders up from `src/kernel` and from `dist/kernel` alike. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
export const VIEWS = fileURLToPath(new URL('../../views/', import.meta.url));
export const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));
