import { Module, type Provider, type Type } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import type { OpenAPIObject, ApiPropertyOptions } from '@nestjs/swagger';
import { SCOPES } from '../accounts/access-token-scopes.js';
import { importModule } from '../kernel/import-module.js';
import { ApiGuard } from './api.guard.js';
import { GROUPS } from './controllers.js';
import {
  documentedTypes,
  fieldsOf,
  OPERATION_KEY,
  type FieldFacts,
  type OperationFacts,
} from './documented.js';
import { ProblemJson } from './problem.model.js';

type Swagger = typeof import('@nestjs/swagger');

/** An OpenAPI document. */
export type ApiDescription = OpenAPIObject;

const TITLE = 'Sameboat API';
const ABOUT =
  'What a member can read and do, for programs. See docs/api.md in the source for an introduction.';

/**
 * Generates the OpenAPI document from the controllers' decorators. Needs `@nestjs/swagger`, a
 * development dependency: `npm run build` calls it.
 * @param quiet silences Nest's logger for the rest of the process
 */
export async function makeDocument({ quiet = false } = {}): Promise<ApiDescription> {
  const swagger = (await importModule('@nestjs/swagger')) as Swagger;
  for (const type of documentedTypes()) describeFields(swagger, type);
  for (const [name, controller] of GROUPS) describeCalls(swagger, name, controller);
  const controllers = GROUPS.map(([, controller]) => controller);
  @Module({ controllers, providers: standInsFor([ApiGuard, ...controllers]) })
  class DocumentedModule {}
  const app = await NestFactory.create(DocumentedModule, {
    preview: true,
    ...(quiet ? { logger: false } : {}),
    abortOnError: false,
  });
  const base = new swagger.DocumentBuilder()
    .setTitle(TITLE)
    .setDescription(ABOUT)
    .setVersion('1')
    .setOpenAPIVersion('3.0.3')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: `An access token, created at /settings/apps. Scopes: ${SCOPES.join(', ')}.`,
    })
    .build();
  const document = swagger.SwaggerModule.createDocument(app, base, {
    extraModels: [ProblemJson],
    operationIdFactory: (controller: string, method: string) =>
      `${controller.replace(/^Api|Controller$/g, '').toLowerCase()}.${method}`,
    autoTagControllers: false,
  });
  await app.close();
  return document;
}

/** Stubs for all injected classes. None is used, so no database is needed. */
function standInsFor(classes: readonly Type[]): Provider[] {
  const dependencies = classes.flatMap(
    (each) => (Reflect.getMetadata('design:paramtypes', each) ?? []) as Type[],
  );
  return [...new Set(dependencies)]
    .filter((each) => each !== Reflector)
    .map((provide) => ({ provide, useValue: {} }));
}

function describeFields({ ApiProperty }: Swagger, type: Type): void {
  for (const [name, facts] of fieldsOf(type))
    ApiProperty(schemaOf(facts))(type.prototype as object, name);
}

/** Converts a documented field to the options of `@ApiProperty`. */
function schemaOf(facts: FieldFacts): ApiPropertyOptions {
  const { type, list, values, optional, nullable, ...rest } = facts;
  return {
    ...rest,
    type: typeof type === 'string' ? type : type(),
    ...(values === undefined ? {} : { enum: [...values] }),
    ...(list === true ? { isArray: true } : {}),
    ...(nullable === true ? { nullable: true } : {}),
    required: optional !== true,
  } as ApiPropertyOptions;
}

function describeCalls(swagger: Swagger, group: string, controller: Type): void {
  swagger.ApiTags(group)(controller);
  const prototype = controller.prototype as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    const method = descriptor?.value as unknown;
    if (descriptor === undefined || typeof method !== 'function') continue;
    const facts = Reflect.getMetadata(OPERATION_KEY, method) as OperationFacts | undefined;
    if (facts === undefined) continue;
    for (const decorate of decoratorsOf(swagger, facts)) decorate(prototype, name, descriptor);
  }
}

/** Error responses of every operation. */
const ALWAYS = { 429: 'Too many requests: wait as long as `Retry-After` says.', 500: 'Our fault.' };
const FAILURES = {
  400: 'No JSON object.',
  401: 'No access token, or one that does not work.',
  403: 'The token lacks the scope, or the member is not allowed to do this.',
  404: 'It does not exist, or the reader cannot see it.',
  409: 'It was changed in the meantime.',
  415: 'Not `application/json`.',
  422: 'A field is wrong, or the member has to review the text first.',
} as const;

function decoratorsOf(swagger: Swagger, facts: OperationFacts): MethodDecorator[] {
  const { scope, query, body, answer } = facts;
  const needs = [
    ...(scope === null ? [] : [`Needs the scope \`${scope}\`.`]),
    ...(facts.open === true ? ['Without a token, the response is what a guest can see.'] : []),
    ...(facts.public === true ? ['Needs no token.'] : []),
  ];
  const failures = new Set<number>([
    ...(facts.public === true ? [] : [401, ...(scope === null ? [] : [403])]),
    ...(body === undefined ? [] : [400, 415]),
    ...(facts.fails ?? []),
  ]);
  const texts: Record<number, string> = { ...FAILURES, ...ALWAYS };
  const media = {
    'application/problem+json': { schema: { $ref: swagger.getSchemaPath(ProblemJson) } },
  };
  return [
    swagger.ApiOperation({
      summary: facts.summary,
      description: [facts.description ?? [], needs].flat().join(' '),
    }),
    ...(facts.public === true ? [] : [swagger.ApiBearerAuth()]),
    ...(facts.public !== true && facts.open === true ? [swagger.ApiSecurity({})] : []),
    ...(query === undefined
      ? []
      : [...fieldsOf(query)].map(([name, field]) => asQuery(swagger, name, field))),
    ...(facts.once === true
      ? [
          swagger.ApiHeader({
            name: 'Idempotency-Key',
            required: false,
            description:
              'Up to 100 characters that identify this post. Sending it again with the same key does nothing new.',
            schema: { type: 'string', maxLength: 100 },
          }),
        ]
      : []),
    ...(body === undefined ? [] : [swagger.ApiBody({ type: body })]),
    answer === null
      ? swagger.ApiResponse({ status: 204, description: 'Done.' })
      : swagger.ApiResponse({
          status: facts.made === true ? 201 : 200,
          description: facts.made === true ? 'Made.' : 'As asked.',
          type: answer,
        }),
    ...[...failures, ...Object.keys(ALWAYS).map(Number)].map((status) =>
      swagger.ApiResponse({ status, description: texts[status] ?? '', content: media }),
    ),
  ];
}

function asQuery(swagger: Swagger, name: string, facts: FieldFacts): MethodDecorator {
  return swagger.ApiQuery({
    name,
    required: facts.optional !== true,
    description: facts.description,
    ...(facts.example === undefined ? {} : { example: facts.example }),
    ...(facts.values === undefined ? { type: String } : { enum: [...facts.values] }),
  });
}
