import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isDatabaseUnreachable, isDatabaseUnwritable } from '../kernel/database-errors.js';
import {
  AppError,
  NotReauthenticated,
  NotSignedIn,
  SecondFactorMissing,
  SiteClosed,
  SiteReadOnly,
  StaleForm,
  ThreadMerged,
  TooManyRequests,
  WrongMethod,
} from '../kernel/errors.js';
import { newReference } from '../kernel/ids.js';
import { describeError, Logger } from '../kernel/logger.js';
import type { Translator } from '../i18n/translator.js';
import { Templates } from '../rendering/templates.js';
import { submittedValues } from './form.js';
import {
  isPreservable,
  PreservedForms,
  preservedFormView,
  type PreservedForm,
} from './preserved-form.js';
import { Layout } from './layout.js';
import { LogInForm, reauthenticationPage } from './log-in-form.js';
import { localPath, page, type Page } from './page.js';
import { redirectMerged } from './merged-address.js';
import { methodNotAllowed } from './method-not-allowed.js';
import { sendHtml } from './page-compression.js';
import { PageSender } from './page-sender.js';
import { isApi, problemHeaders, problemOf, PROBLEM_TYPE } from './problem.js';

const PAGES = new Set([403, 404, 405, 409, 413, 415, 422, 429]);

/**
 * The HTTP status of anything thrown: our own errors, the body parser's, Nest's, a database that
 * cannot be reached or cannot store anything.
 */
export function statusOf(error: unknown): number {
  if (error instanceof AppError) return error.status;
  if (error instanceof HttpException) return error.getStatus();
  if (isDatabaseUnreachable(error) || isDatabaseUnwritable(error)) return 503;
  const status = (error as { status?: unknown }).status;
  if (error instanceof URIError) return 404;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

/**
 * Turns every error into a page that says what to do next. A form that failed comes back with
 * everything typed.
 */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    private readonly pages: PageSender,
    private readonly layout: Layout,
    private readonly templates: Templates,
    private readonly logIn: LogInForm,
    private readonly kept: PreservedForms,
    private readonly logger: Logger,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const req = http.getRequest<Request>();
    return this.answer(methodNotAllowed(thrown, req), req, http.getResponse<Response>());
  }

  async answer(error: unknown, req: Request, res: Response): Promise<void> {
    if (res.headersSent) {
      res.end();
      return;
    }
    if (error instanceof ThreadMerged) {
      redirectMerged(req, res, error);
      return;
    }
    const status = statusOf(error);
    if (isApi(req)) {
      this.problem(error, status, req, res);
      return;
    }
    if (req.path.startsWith('/webhooks/')) {
      // A program reports no error to anybody, so the response has no reference, only the log.
      if (status >= 500) this.log(error, status, newReference(), req);
      res.status(status).json({
        status,
        error: error instanceof AppError ? error.key : `errors.${status}`,
        ...(status === 413 && req.path.startsWith('/webhooks/mail/') ? { limit: '10 MB' } : {}),
      });
      return;
    }
    try {
      if (status >= 500) await this.broken(error, status === 503 ? 503 : 500, req, res);
      else await this.pages.send(req, res, await this.refusal(error, status, req, res));
    } catch (second) {
      this.logger.error('the error page failed', describeError(second));
      await this.broken(error, 500, req, res);
    }
  }

  private log(error: unknown, status: number, reference: string, req: Request): void {
    const facts = { reference, status, method: req.method, route: routeOf(req) };
    const what = isDatabaseUnwritable(error)
      ? 'the database cannot store anything: its disk is full, or it is read-only'
      : status === 503
        ? 'a service is away'
        : 'a request failed';
    this.logger.error(what, { ...facts, ...describeError(error) });
  }

  private problem(error: unknown, status: number, req: Request, res: Response): void {
    const reference = status >= 500 ? newReference() : null;
    if (reference !== null) this.log(error, status, reference, req);
    // The API's guard identifies the member, and so the language, after the default translator was
    // chosen.
    const words = this.layout.wordsFor(req);
    problemHeaders(error, status, res);
    res
      .status(status)
      .setHeader('Content-Language', words.locale)
      .type(PROBLEM_TYPE)
      .send(JSON.stringify({ ...problemOf(error, status, words, reference), ...req.problem }));
  }

  private async refusal(
    error: unknown,
    status: number,
    req: Request,
    res: Response,
  ): Promise<Page> {
    const posted = this.postedIn(req);
    const back = req.method === 'GET' ? localPath(req.originalUrl) : pageAround(req.path);
    const shown = PAGES.has(status) ? status : 404;
    const template = status === 401 ? 'accounts/login' : templateOf(error, shown);
    const i18n = this.wordsOf(error, template, req);
    if (error instanceof NotSignedIn) {
      const kept = posted === null ? undefined : this.kept.seal(posted);
      return this.logIn.page(
        i18n,
        { back, kept, shared: this.layout.isSharedDevice(req) },
        { status: 401 },
      );
    }
    if (error instanceof NotReauthenticated) {
      // Also for a form that is only a button: it is submitted again after the password.
      const kept = req.method === 'GET' ? undefined : this.kept.seal(posted ?? emptyForm(req));
      return reauthenticationPage(i18n, { back, kept }, { status: 401 });
    }
    if (error instanceof SecondFactorMissing) {
      return page(
        'accounts/second-step-missing',
        {},
        {
          status: 403,
          titleKey: 'accounts.second-step.missing-title',
        },
      );
    }
    if (error instanceof StaleForm && posted !== null) {
      return page('errors/stale-form', preservedFormView(posted), {
        status: 403,
        titleKey: 'errors.stale-form.title',
      });
    }
    if (error instanceof SiteReadOnly) {
      const view = { kept: posted === null ? undefined : preservedFormView(posted) };
      return page('errors/read-only', view, { status, titleKey: 'errors.read-only.title' });
    }
    if (error instanceof SiteClosed) {
      const { helplines } = this.layout.facts(req, res, {}) as { helplines?: object };
      const options = { status, titleKey: 'errors.410.title', layout: 'layouts/plain' };
      return page('errors/410', { lines: helplines }, options);
    }
    if (error instanceof WrongMethod) res.setHeader('Allow', error.allowed.join(', '));
    if (error instanceof TooManyRequests) res.setHeader('Retry-After', String(error.retryAfter));
    const own = error instanceof AppError ? i18n.t(error.key, error.params) : undefined;
    const refused = shown === 403 && req.method === 'POST';
    const view = {
      refused,
      lead: own,
      kept: posted === null || status === 404 ? undefined : preservedFormView(posted),
      path: req.path,
    };
    const titleKey = refused ? 'errors.403.refused' : `errors.${shown}.title`;
    return page(`errors/${shown}`, view, { status: status === 400 ? 400 : shown, titleKey });
  }

  /** The translator of an error page, in a language that covers the whole page. */
  private wordsOf(error: unknown, template: string, req: Request): Translator {
    const shows = error instanceof AppError ? [error.key] : [];
    return (req.i18n = this.layout.wordsFor(req, template, shows));
  }

  /**
   * The typed values of the request. A log-in form carries the form submitted before it: that is
   * the one that must not be lost.
   */
  private postedIn(req: Request): PreservedForm | null {
    if (req.method !== 'POST') return null;
    const values = submittedValues(req.body);
    return this.kept.open(values.kept) ?? isPreservable(req.path, values);
  }

  /** Renders 500 and 503 without the database and the session, and still shows where help is. */
  private broken(error: unknown, status: 500 | 503, req: Request, res: Response) {
    const reference = newReference();
    this.log(error, status, reference, req);
    req.viewer = null;
    req.i18n = this.layout.wordsFor(req, `errors/${status}`);
    const posted = this.postedIn(req);
    const unsaved = req.method === 'POST' && isDatabaseUnwritable(error);
    const titleKey = `errors.${unsaved ? 'unsaved' : status}.title`;
    const facts = this.layout.facts(req, res, { titleKey });
    const view = {
      reference,
      unsaved,
      lines: facts.helplines,
      kept: posted === null ? undefined : preservedFormView(posted),
    };
    const html = this.templates.page(`errors/${status}`, view, facts, 'layouts/plain');
    res.status(status).setHeader('Cache-Control', 'no-store');
    res.setHeader('Content-Language', facts.locale);
    if (status === 503) res.setHeader('Retry-After', '30');
    return sendHtml(req, res.type('html'), html);
  }
}

function templateOf(error: unknown, shown: number): string {
  if (error instanceof SiteReadOnly) return 'errors/read-only';
  return `errors/${error instanceof SiteClosed ? 410 : shown}`;
}

/** The page where a button was pressed: a thread, community or strategy, or the home page. */
function pageAround(path: string): string {
  return /^\/(?:c|t|strategies)\/[\w-]+(?=\/)/.exec(path)?.[0] ?? '/';
}

function emptyForm(req: Request): PreservedForm {
  return { path: localPath(req.originalUrl), values: {} };
}

// Logs the route pattern instead of the URL, which may contain a token.
function routeOf(req: Request): string {
  const route = req.route as { path?: string } | undefined;
  return route?.path ?? 'none';
}
