export * from './checkpoint-folder.ts';
export * from './checkpoint-text.ts';
export * from './environment.ts';
export * from './identity.ts';
export * from './json-file.ts';
export * from './run-directory.ts';
export * from './run-files.ts';
export * from './run-recorder.ts';
