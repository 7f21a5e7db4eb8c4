export type { EngineKit, Kit } from './kit.ts';
export { correctKit, inBewleyAbility, inEngine, inNk, inNormaliser } from './kit.ts';
export { subjectOf } from './plumbline.ts';
