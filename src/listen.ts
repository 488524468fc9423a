import { ConfigFault, type Config } from './kernel/config.js';

const UNKNOWN_HOST = 'HOST must be an address or a name of this machine';

/** The invalid setting, by the code of the error that listening failed with. */
const FAULTS: Partial<Record<string, string>> = {
  EADDRINUSE: 'The port is taken: set PORT to another one, or stop what listens there.',
  EACCES: settings('PORT must be one that this account may listen on, such as 3000'),
  EADDRNOTAVAIL: settings(UNKNOWN_HOST),
  EAI_AGAIN: settings(UNKNOWN_HOST),
  EINVAL: settings(UNKNOWN_HOST),
  ENOTFOUND: settings(UNKNOWN_HOST),
};

/**
 * Listens on HOST and PORT.
 * @throws ConfigFault if one of them does not fit this machine
 */
export async function listen(
  app: { listen(port: number, host: string): Promise<unknown> },
  { PORT, host }: Pick<Config, 'PORT' | 'host'>,
): Promise<void> {
  try {
    await app.listen(PORT, host);
  } catch (error) {
    const fault = FAULTS[(error as { code?: string }).code ?? ''];
    throw fault === undefined ? error : new ConfigFault(fault);
  }
}

function settings(fault: string): string {
  return `Settings: ${fault}. See .env.example.`;
}
