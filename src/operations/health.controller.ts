import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { ReadinessCheck, type Readiness } from './readiness.service.js';

/** For operators: whether the process runs, and whether it can serve pages. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: ReadinessCheck) {}

  @Get('healthz')
  alive(@Res({ passthrough: true }) res: Response): string {
    res.type('text/plain').setHeader('Cache-Control', 'no-store');
    return 'ok\n';
  }

  /**
   * 503 only where no page could be served, because the database does not answer or its schema is
   * older than this version. Without Redis or mail, members can read and write, and both catch up
   * by themselves: that is 200, and `degraded` names the parts that are away.
   */
  @Get('readyz')
  async ready(@Res({ passthrough: true }) res: Response): Promise<Readiness> {
    const readiness = await this.readiness.check();
    res.status(readiness.ready ? 200 : 503).setHeader('Cache-Control', 'no-store');
    return readiness;
  }
}
