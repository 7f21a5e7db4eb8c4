import type { Fact } from '../../reporting/report/report.ts';
import { versions } from '../../version.ts';

/** Versions that a report depends on. */
export function versionFacts(): readonly Fact[] {
  return Object.entries(versions()).map(([name, value]) => ({ name, value }));
}
