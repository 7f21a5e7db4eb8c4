export type { Alias, Metric } from './metric.ts';
export type { Meaning, UserAlias } from './resolve.ts';
export { meaningsFor, METRICS } from './resolve.ts';
