import { fileURLToPath } from 'node:url';

/** The project root: two directories above both `src/kernel` and `dist/kernel`. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));
export const VIEWS = fileURLToPath(new URL('../../views/', import.meta.url));
export const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));
