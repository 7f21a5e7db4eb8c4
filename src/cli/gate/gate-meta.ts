import type { CheckOptions } from '../../verification/check-law.ts';
import { checkLaw } from '../../verification/check-law.ts';
import type { GateEvent } from '../../verification/gate-events.ts';
import type { Law } from '../../verification/law.ts';
import type { SubjectEngine, TypesOnDevice } from '../../verification/protocol/index.ts';
import { META_DEVICE_LAW, metaDeviceLaw, NOT_ASKED, typesOnMeta } from '../../verification/protocol/index.ts';
import type { LawVerdict } from '../../verification/verdict.ts';
import type { OpenSubject } from '../subject/open.ts';
import { subjectOn } from '../subject/open.ts';

/** Cases of each law whose calls are made on both devices: types hardly depend on the values. */
const RUNS = 3;

/** Holds a subject to its own types on the device `meta`, in cases of every law that it has operations for. */
export async function gateMeta(
  { laws, ...options }: { readonly laws: readonly Law[] } & Pick<CheckOptions, 'seed' | 'deadline'>,
  open: OpenSubject,
  engine: SubjectEngine,
  emit: (event: GateEvent) => void,
): Promise<void> {
  const device = open.said.devices.find((name) => name !== engine.device);
  const subject = subjectOn(open, { ...engine, device: device ?? engine.device });
  const types = typesOnMeta(open.session, engine.dtype, (operation) => open.nameOf(operation));
  // What is asked by way of objects is not asked on two devices at once.
  const asked = laws.filter(
    ({ needs }) =>
      needs.every((operation) => subject.has(operation)) &&
      needs.some((operation) => open.direct.has(operation)),
  );
  if (asked.length === 0) {
    const { id } = META_DEVICE_LAW;
    const head = { law: id, subject: subject.name, engine: engine.name, seed: options.seed };
    const verdict = { ...head, verdict: 'inconclusive', reason: NOT_ASKED, runs: 0 } as const;
    emit({ type: 'judged', verdict: { ...verdict, coverage: [], durationMs: 0 } });
    return;
  }
  const judged = async (typesOn: TypesOnDevice): Promise<LawVerdict> => {
    const verdicts: LawVerdict[] = [];
    for (const law of asked) {
      const shown = { ...metaDeviceLaw(law, typesOn, open.direct), coverage: [] };
      const verdict = await checkLaw(shown, subject, { ...options, runs: RUNS, firstViolation: true });
      verdicts.push(verdict);
      if (verdict.verdict === 'violated') break;
    }
    return together(verdicts, engine.name);
  };
  emit({ type: 'judging', law: META_DEVICE_LAW.id });
  let tensors = 0;
  const verdict = await judged(async (operation, input) => {
    const answer = await types(operation, input);
    tensors += Object.keys(answer).length;
    return answer;
  });
  if (verdict.verdict === 'holds' && tensors === 0) {
    // There is nothing that could be spoiled for a control, either.
    emit({ type: 'judged', verdict: { ...verdict, verdict: 'inconclusive', reason: NOT_ASKED } });
    return;
  }
  // The control of a law on types is a subject all of whose types are wrong.
  const control = await judged(async (operation, input) => {
    const answer = await types(operation, input);
    return typeof answer === 'string'
      ? answer
      : Object.fromEntries(Object.entries(answer).map(([place, type]) => [place, `not ${type}`]));
  });
  emit({
    type: 'controlled',
    result: { law: META_DEVICE_LAW.id, engine: engine.name, verdict: control.verdict },
  });
  emit({ type: 'judged', verdict });
}

/** One verdict of those in the cases of many laws: the violation, else what could not be judged, else that it holds. */
function together(verdicts: readonly LawVerdict[], engine: string): LawVerdict {
  const decisive =
    verdicts.find(({ verdict }) => verdict === 'violated') ??
    verdicts.find(({ verdict }) => verdict === 'not-checked') ??
    verdicts.at(-1);
  const runs = verdicts.reduce((sum, one) => sum + one.runs, 0);
  const durationMs = verdicts.reduce((sum, one) => sum + one.durationMs, 0);
  if (decisive === undefined) throw new RangeError('no law was judged');
  return { ...decisive, engine, runs, durationMs };
}
