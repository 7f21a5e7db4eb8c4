export type { EngineKit, Kit } from './kit.ts';
export { correctKit, inEngine, inNk, inNormaliser } from './kit.ts';
export { subjectOf } from './plumbline.ts';
