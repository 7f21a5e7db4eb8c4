import { describeGateOn } from './suite.ts';

describeGateOn('webgpu');
