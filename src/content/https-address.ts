/**
 * Parses a public https URL: a host name with a dot (not an IP address), no credentials, no spaces,
 * at most 300 characters.
 * @returns the URL, or null
 */
export function httpsAddress(value: string): URL | null {
  if (value.length > 300 || /\s/.test(value) || !URL.canParse(value)) return null;
  const url = new URL(value);
  const open =
    url.protocol === 'https:' &&
    value.startsWith('https://') &&
    url.hostname.includes('.') &&
    !/^[\d.]+$|^\[/.test(url.hostname) &&
    url.username === '' &&
    url.password === '';
  return open ? url : null;
}
