export { codeOf, Database, type DatabaseOptions, type Queryable } from './database.ts';
