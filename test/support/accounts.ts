import { generate } from 'otplib';
import { hashPassword } from '../../src/accounts/password.js';
import type { TestApp } from './app.js';
import { textOf, type Answer, type Browser } from './browser.js';

export const PASSWORD = 'four plain words here';
export const STEP_PAGE = '/settings/security/second-step';

/** Gives a member a password and the address `<handle>@example.org`. @returns the member's id */
export async function account(site: TestApp, handle: string): Promise<string> {
  const id = await site.make.member(handle);
  await site.make.rows('update members set password_hash = $2 where id = $1', [
    id,
    await hashPassword(PASSWORD),
  ]);
  return id;
}

export function logIn(
  browser: Browser,
  handle: string,
  fields: Record<string, string> = {},
): Promise<Answer> {
  const email = `${handle}@example.org`;
  return browser.post('/login', { email, password: PASSWORD, ...fields }, '/login');
}

/** The code that an authenticator app shows now, or after this many time steps. */
export function codeOf(site: TestApp, secret: string, steps = 0): Promise<string> {
  return generate({ secret, epoch: Math.floor(site.clock.ms() / 1_000) + 30 * steps });
}

/** Sets up an authenticator app through the pages. @returns its secret and the recovery codes */
export async function setUpApp(
  site: TestApp,
  browser: Browser,
): Promise<{ secret: string; codes: string[] }> {
  await browser.post(`${STEP_PAGE}/app`);
  const shown = textOf((await browser.get(STEP_PAGE)).html);
  const secret = /type this key into the app: ((?:[A-Z2-7]{4} ?){8})/.exec(shown)?.[1] ?? '';
  const plain = secret.replaceAll(' ', '');
  const answer = await browser.post(`${STEP_PAGE}/app/confirm`, {
    code: await codeOf(site, plain),
  });
  const codes = textOf(answer.html).match(/\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\b/g) ?? [];
  return { secret: plain, codes };
}
