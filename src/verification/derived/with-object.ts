import type { Handle, Subject } from '../subject.ts';

/** Works with an object that the subject keeps, and lets the subject forget it. */
export async function withObject<T>(
  subject: Subject,
  object: Handle,
  use: (object: Handle) => Promise<T>,
): Promise<T> {
  try {
    return await use(object);
  } finally {
    await subject.release?.(object);
  }
}
