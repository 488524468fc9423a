import { Controller, Get, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { RequestMetrics } from '../http/request-metrics.js';
import { Config } from '../kernel/config.js';
import { NotFound } from '../kernel/errors.js';
import { sameText } from '../kernel/ids.js';
import { isLoopbackAddress } from '../kernel/network.js';
import { OperationsMetrics } from './operations-metrics.service.js';

/**
 * Metrics for Prometheus, for clients with METRICS_TOKEN, or without a token on this machine only.
 * Aggregate counts, about nobody in particular.
 */
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly config: Config,
    private readonly metrics: RequestMetrics,
    private readonly operations: OperationsMetrics,
  ) {}

  @Get()
  async show(@Req() req: Request, @Res({ passthrough: true }) res: Response): Promise<string> {
    if (!this.mayRead(req)) throw new NotFound();
    const figures = await this.operations.figures();
    res.setHeader('Content-Type', this.metrics.contentType);
    res.setHeader('Cache-Control', 'no-store');
    return `${await this.metrics.gather()}\n${figures}`;
  }

  private mayRead(req: Request): boolean {
    const { METRICS_TOKEN: token } = this.config;
    if (token !== undefined) return sameText(req.headers.authorization ?? '', `Bearer ${token}`);
    return (
      isLoopbackAddress(req.socket.remoteAddress ?? '') &&
      req.headers['x-forwarded-for'] === undefined
    );
  }
}
