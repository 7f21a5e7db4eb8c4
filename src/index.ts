export type { BewleyExpressions } from '../invariants/index.ts';
export { bewleyEconomicsLaws, documentedEconomy, FAULTS, LAWS } from '../invariants/index.ts';
export type { Benchmark, BenchmarkEngine, BenchmarkRun } from './benchmarking/benchmark.ts';
export type { EngineName, OpenEngine } from './engine/index.ts';
export { ENGINE_NAMES, openEngine } from './engine/index.ts';
export { InputError, PlumblineError, SubjectError, SuiteError } from './errors.ts';
export type {
  ActionSpace,
  Environment,
  EnvironmentCheckOptions,
  EnvironmentFinding,
  Optimum,
} from './models/ppo/index.ts';
export { checkEnvironment } from './models/ppo/index.ts';
export type { Arithmetic } from './numerics/arithmetic.ts';
export { IEEE_DOUBLE, IEEE_SINGLE } from './numerics/arithmetic.ts';
export type { Bounded, RunningError } from './numerics/running-error.ts';
export type { Stream } from './numerics/stream.ts';
export { describeViolation } from './reporting/describe-violation.ts';
export type { Kit } from './subjects/index.ts';
export { correctKit, inBewley, subjectOf } from './subjects/index.ts';
export type { CheckOptions } from './verification/check-law.ts';
export { checkLaw } from './verification/check-law.ts';
export * as contracts from './verification/contracts/index.ts';
export { checkControl, knownBad } from './verification/controls.ts';
export type { Fault } from './verification/fault.ts';
export type { Cell } from './verification/kill-matrix.ts';
export { judgeCell } from './verification/kill-matrix.ts';
export type { Bench, CoverageLabel, Law } from './verification/law.ts';
export { law } from './verification/law.ts';
export type { Measurement } from './verification/measurement.ts';
export {
  agree,
  agreesWithOracle,
  bitEqual,
  hasType,
  ratioOf,
  same,
  violates,
} from './verification/measurement.ts';
export type { Operation } from './verification/operation.ts';
export { operation } from './verification/operation.ts';
export { serveSubject } from './verification/protocol/index.ts';
export type { Implementation, InProcessSubjectOptions, Subject } from './verification/subject.ts';
export { implement, inProcessSubject } from './verification/subject.ts';
export type { TensorValue } from './verification/tensor-value.ts';
export { float32, tensorSchema } from './verification/tensor-value.ts';
export type { LawVerdict, Verdict } from './verification/verdict.ts';
