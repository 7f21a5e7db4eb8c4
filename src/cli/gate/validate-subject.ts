import { LAWS } from '../../../invariants/index.ts';
import { writeAtomically } from '../../atomic-write.ts';
import { paintFor } from '../../reporting/paint.ts';
import { table } from '../../reporting/table.ts';
import type { AdapterCheck } from '../../verification/protocol/index.ts';
import { validateAdapter } from '../../verification/protocol/index.ts';
import type { SubjectDeclaration } from '../subject/declaration.ts';
import { enginesToJudge } from '../subject/engines-to-judge.ts';
import { openSession, subjectOn } from '../subject/open.ts';
import type { GateOptions } from './options.ts';

/** Checks the adapter of a subject, and nothing of its models: exit code 0 if it can be believed, else 2. */
export async function validateSubject(
  declaration: SubjectDeclaration,
  { seed, json }: Pick<GateOptions, 'seed' | 'json'>,
): Promise<number> {
  const open = await openSession(declaration);
  try {
    const checks: AdapterCheck[] = [];
    for (const engine of enginesToJudge(open.said, declaration.engines?.join(','))) {
      const subject = subjectOn(open, engine);
      checks.push(
        ...(await validateAdapter(
          { laws: LAWS, seed, engine, isFirst: checks.length === 0, renamed: declaration.operations ?? {} },
          open,
          subject,
        )),
      );
    }
    const passed = checks.every((check) => check.passed);
    if (json !== undefined) {
      writeAtomically(
        json,
        `${JSON.stringify({ kind: 'plumbline adapter', format: 1, hello: open.said, checks }, null, 2)}\n`,
      );
    }
    const paint = paintFor(process.stdout);
    const { name, language, runtime, operations } = open.said;
    const rows = checks.map(({ engine, what, passed: isRight, found }) => [
      isRight ? 'right' : 'WRONG',
      engine,
      what,
      found,
    ]);
    process.stdout.write(
      `${name} (${language}: ${runtime}), ${operations.length} operations\n${table(rows, '  ')}\n${
        passed
          ? paint('green', 'The adapter can be believed; now `plumbline gate` judges the models.')
          : paint('yellow', 'The adapter cannot be believed yet.')
      }\n`,
    );
    return passed ? 0 : 2;
  } finally {
    await open.session.close();
  }
}
