import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Assets } from './rendering/assets.js';
import { Clock } from './kernel/clock.js';
import { Config } from './kernel/config.js';
import { Database, dataSourceOptions } from './kernel/database.js';
import { Logger } from './kernel/logger.js';
import { Replica } from './kernel/replica.js';
import { Replicas } from './kernel/replicas.js';
import { Messages } from './i18n/messages.js';
import { primaryPool, Sql } from './kernel/sql.js';
import { Templates } from './rendering/templates.js';
import { Vault } from './vault/vault.js';

@Global()
@Module({})
export class PlatformModule {
  /**
   * @param config read and validated by the entry point, with its DATABASE_URL filled in if the
   *   database is embedded
   */
  static with(config: Config, logger: Logger): DynamicModule {
    const messages = new Messages();
    const assets = new Assets();
    const exported = [
      { provide: Config, useValue: config },
      { provide: Logger, useValue: logger },
      { provide: Messages, useValue: messages },
      { provide: Assets, useValue: assets },
      { provide: Templates, useValue: new Templates(messages, assets) },
      Clock,
      {
        provide: Replicas,
        useFactory: (source: DataSource, clock: Clock) =>
          new Replicas(
            config.replicaUrls.map((url, at) => new Replica(at + 1, url, config.DATABASE_POOLING)),
            () => primaryPool(source),
            clock,
            logger,
          ),
        inject: [DataSource, Clock],
      },
      Sql,
      Database,
      Vault,
    ];
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions(config.DATABASE_URL ?? '', undefined, config.DATABASE_POOLING),
            autoLoadEntities: true,
            retryAttempts: 1,
            logging: false,
          }),
        }),
      ],
      providers: exported,
      exports: exported,
    };
  }
}
