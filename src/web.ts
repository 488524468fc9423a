import type { Server } from 'node:http';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { sessionMiddleware } from './accounts/session.middleware.js';
import { Sessions } from './accounts/sessions.service.js';
import { serveAssets } from './http/assets.middleware.js';
import { readBody } from './http/body.middleware.js';
import { csrfGuard } from './http/csrf.js';
import { ErrorFilter } from './http/error.filter.js';
import { GracefulStop } from './http/graceful-stop.js';
import { chainMiddleware } from './http/in-order.js';
import { Layout } from './http/layout.js';
import { PageMemory } from './http/page-memory.js';
import { PageSender } from './http/page-sender.js';
import { PublicPages } from './http/public-page.js';
import { rejectNulBytes } from './http/refuse-nul.js';
import { closingGuard } from './http/closing.guard.js';
import { ReadingLimit } from './http/reading-limit.js';
import { ReplicaReads } from './http/replica-reads.js';
import { RequestMetrics } from './http/request-metrics.js';
import { indexRoutes } from './http/route-index.js';
import { securityHeaders } from './http/security-headers.js';
import { SiteSettings } from './http/site-settings.js';
import { limitSlowClients } from './http/slow-clients.js';
import { rejectUnauthenticatedIntake } from './reply-by-mail/mail-server.js';
import { Assets } from './rendering/assets.js';
import type { Config } from './kernel/config.js';
import type { Logger } from './kernel/logger.js';
import { Replicas } from './kernel/replicas.js';
import { WebModule } from './web.module.js';

type Middleware = (req: Request, res: Response, next: NextFunction) => void;

/** Creates the web application, ready to listen. */
export async function createWeb(config: Config, logger: Logger): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(WebModule.with(config, logger), {
    bodyParser: false,
    logger,
    abortOnError: false,
  });
  return configureApp(app, config);
}

/**
 * Installs the middleware around the controllers. The order matters: headers, assets, rate limit,
 * body, session, translator, CSRF.
 */
export async function configureApp(
  app: NestExpressApplication,
  config: Config,
): Promise<NestExpressApplication> {
  const server = app.getHttpServer() as Server;
  limitSlowClients(server);
  app.get(GracefulStop).watch(server);
  const express = app.getHttpAdapter().getInstance();
  express.disable('x-powered-by');
  express.set('etag', false);
  express.set('query parser', 'simple');
  if (config.TRUST_PROXY !== undefined)
    express.set(
      'trust proxy',
      config.TRUST_PROXY.split(',').map((proxy) => proxy.trim()),
    );
  const layout = app.get(Layout);
  const inWords: Middleware = (req, _res, next) => {
    req.i18n = layout.wordsFor(req);
    next();
  };
  const errors = app.get(ErrorFilter);
  // The body comes before the session: if the database is unreachable, the typed text can be shown
  // again.
  const around = [
    app.get(RequestMetrics).middleware(),
    securityHeaders(config),
    serveAssets(app.get(Assets)),
    app.get(ReadingLimit).middleware(),
    app.get(PageMemory).middleware(),
    rejectUnauthenticatedIntake(config),
    ...readBody(),
    rejectNulBytes(),
    sessionMiddleware(config, app.get(Sessions)),
    inWords,
    csrfGuard(config),
    closingGuard(app.get(SiteSettings)),
  ];
  app.use(chainMiddleware(around));
  app.get(PageSender).attachTo(app.getHttpAdapter());
  // Without replicas no request passes through an interceptor, which would cost it more than all
  // middleware.
  if (app.get(Replicas).enabled)
    app.useGlobalInterceptors(app.get(ReplicaReads), app.get(PublicPages));
  else app.useGlobalGuards(app.get(PublicPages));
  app.useGlobalFilters(errors);
  await app.init();
  await app.get(Replicas).start();
  // Errors thrown by middleware reach neither filters nor interceptors.
  express.use((error: unknown, req: Request, res: Response, _next: NextFunction) =>
    errors.answer(error, req, res),
  );
  indexRoutes(express.router as unknown as Parameters<typeof indexRoutes>[0]);
  return app;
}
