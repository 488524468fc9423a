import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Assets } from './assets.js';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { Database, dataSourceOptions } from './database.js';
import { Logger } from './logger.js';
import { Messages } from './messages.js';
import { Sql } from './sql.js';
import { Templates } from './templates.js';
import { Vault } from './vault.js';

@Global()
@Module({})
export class KernelModule {
  /**
   * @param config read and checked by the entry point, its DATABASE_URL filled in where the
   * database is embedded
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
      Sql,
      Database,
      Vault,
    ];
    return {
      module: KernelModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            ...dataSourceOptions(config.DATABASE_URL ?? ''),
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
