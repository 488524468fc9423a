/** Migrations are TypeScript that Node runs itself, and a lean install hashes passwords with it. */
const OLDEST = { major: 24, minor: 7 };

/**
 * Checks the version of Node before anything else is loaded, which would fail with a stack trace.
 * @param version such as `24.7.0`
 * @returns one line for the operator; null if the version is new enough
 */
export function nodeVersionFault(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return null;
  return (
    `Sameboat needs Node ${OLDEST.major}.${OLDEST.minor} or newer, and this is ${version}: ` +
    'install a newer one, or run `npm ci`, which brings one, and start Sameboat through npm.'
  );
}
