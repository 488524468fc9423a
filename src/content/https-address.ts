/**
 * An address that anybody can open: https, a host with a dot that is no number, no name or password
 * in it, no spaces, 300 characters at most.
 * @returns the address, or null
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
