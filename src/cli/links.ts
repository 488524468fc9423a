import { OperatorFault } from '../accounts/members-admin.service.js';
import type { Config } from '../kernel/config.js';
import type { LinkChecks } from '../resources/link-checks.service.js';

/** Checks the links of "Help elsewhere". @throws OperatorFault if the setting forbids it */
export async function checkLinks(
  links: Pick<LinkChecks, 'run'>,
  config: Pick<Config, 'LINK_CHECKS'>,
): Promise<string> {
  if (config.LINK_CHECKS !== 'on')
    throw new OperatorFault(
      'This server makes no requests to other sites. Set LINK_CHECKS=on to allow check-links to.',
    );
  const checked = await links.run();
  const of = (wanted: string): string[] =>
    checked.filter(({ state }) => state === wanted).map(({ name, url }) => `  ${name}: ${url}`);
  const [gone, unknown] = [of('gone'), of('unknown')];
  return [
    `${checked.length - gone.length - unknown.length} of ${checked.length} links work and have today’s date.`,
    ...(gone.length === 0 ? [] : ['Gone, and reported to the administrators:', ...gone]),
    ...(unknown.length === 0 ? [] : ['No clear result; open them yourself:', ...unknown]),
  ].join('\n');
}
