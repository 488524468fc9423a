import { Global, Module } from '@nestjs/common';
import { ErrorFilter } from './error.filter.js';
import { KeptForms } from './kept-form.js';
import { Layout } from './layout.js';
import { PageInterceptor } from './page.interceptor.js';
import { RequestMetrics } from './request-metrics.js';
import { RateLimits } from './rate-limit.js';

@Global()
@Module({
  providers: [Layout, PageInterceptor, ErrorFilter, KeptForms, RateLimits, RequestMetrics],
  exports: [Layout, PageInterceptor, ErrorFilter, KeptForms, RateLimits, RequestMetrics],
})
export class HttpModule {}
