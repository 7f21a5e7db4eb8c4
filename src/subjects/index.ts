export type { EngineKit, Kit } from './kit.ts';
export { correctKit, inBewley, inEngine, inNk, inNormaliser } from './kit.ts';
export { subjectOf } from './plumbline.ts';
