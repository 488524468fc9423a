import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ReadinessCheck, type Readiness } from './readiness.service.js';

/** Probes for operators: whether the process runs, and whether it can serve pages. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: ReadinessCheck) {}

  @Get('healthz')
  alive(@Res({ passthrough: true }) res: Response): string {
    res.type('text/plain').setHeader('Cache-Control', 'no-store');
    return 'ok\n';
  }

  /**
   * Returns 503 only if no page can be served, because the database is unavailable or its schema
   * older than this version. Without Redis or SMTP, members can still read and write, and both
   * catch up later: the status is then 200, and `degraded` names the unavailable parts.
   */
  @Get('readyz')
  async ready(@Res({ passthrough: true }) res: Response): Promise<Readiness> {
    const readiness = await this.readiness.check();
    res.status(readiness.ready ? 200 : 503).setHeader('Cache-Control', 'no-store');
    return readiness;
  }
}
