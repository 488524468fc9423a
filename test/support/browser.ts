export interface Answer {
  status: number;
  headers: Headers;
  html: string;
  location: string | null;
}

export type Fields = Record<string, string | string[]>;

/** A minimal browser for forms: cookies, hidden fields, redirects on demand. */
export class Browser {
  private readonly cookies = new Map<string, string>();
  private kept: { readonly token: string; readonly binding: string } | null = null;

  constructor(readonly url: string) {}

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { headers });
  }

  /** Posts the fields unchanged. */
  async postRaw(
    path: string,
    body: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.send(path, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  }

  /** Sends a request like a script of the page: with cookies and JSON, without a CSRF token. */
  async call(method: string, path: string): Promise<Answer> {
    return this.send(path, {
      method,
      ...(method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }),
    });
  }

  /** Posts a form with a CSRF token, as a person's browser would. @param page with the form */
  async post(path: string, fields: Fields = {}, page?: string): Promise<Answer> {
    return this.postRaw(path, encode({ _csrf: await this.token(page), ...fields }));
  }

  /** Loads a fresh token from a named page; otherwise reuses one until the session changes. */
  async token(page?: string): Promise<string> {
    if (page === undefined && this.kept?.binding === this.binding()) return this.kept.token;
    const { html } = await this.get(page ?? '/display');
    const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1];
    if (token === undefined) throw new Error(`no form on ${page ?? '/display'}`);
    this.kept = { token, binding: this.binding() };
    return token;
  }

  /** The cookies to which the site binds CSRF tokens. */
  private binding(): string {
    return [...this.cookies].filter(([name]) => /(session|guest)$/.test(name)).join(';');
  }

  async follow(answer: Answer): Promise<Answer> {
    if (answer.location === null) throw new Error(`no redirect but ${answer.status}`);
    return this.get(answer.location.replace(/#.*$/, ''));
  }

  private async send(path: string, init: RequestInit): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(new URL(path, this.url), {
      redirect: 'manual',
      ...init,
      headers: {
        'accept-language': 'en-GB',
        ...(cookie === '' ? {} : { cookie }),
        ...(init.headers as Record<string, string>),
      },
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/max-age=0/i.test(line)) this.cookies.delete(pair.slice(0, at));
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return {
      status: response.status,
      headers: response.headers,
      html: await response.text(),
      location: response.headers.get('location'),
    };
  }
}

export function encode(fields: Fields): string {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields))
    for (const item of Array.isArray(value) ? value : [value]) body.append(name, item);
  return body.toString();
}

/** An email without the random tokens of its links, which may contain any letters. */
export function withoutTokens(email: string): string {
  return email.replace(/(?<=\/unsubscribe\/)[\w-]+/g, '');
}

/** The visible text of a page, without tags. */
export function textOf(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', "'")
    .replace(/\s+/g, ' ');
}
