import { printableJson } from '../../runs/index.ts';
import type { Report } from './report.ts';

/** A report as JSON, as its published schema says: names as they are, what a terminal would obey as escapes. */
export function json(report: Report): string {
  return `${printableJson(JSON.stringify(report))}\n`;
}
