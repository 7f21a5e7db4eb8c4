export * from './ability.ts';
export * from './configuration.ts';
export * from './firm.ts';
export * from './household.ts';
export * from './labor.ts';
export * from './taxes.ts';
