import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeWorkflowBundle } from '../worker/bundle.js';

/** The workflows as one file for the worker's sandbox, so that a worker starts without bundling. */
export async function buildWorkflows(root: string): Promise<void> {
  mkdirSync(join(root, 'dist/worker'), { recursive: true });
  await writeWorkflowBundle(join(root, 'dist/worker/workflow-bundle.js'));
}
