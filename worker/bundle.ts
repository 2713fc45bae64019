import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Where a worker finds its workflows: a file made at build time, or the sources. */
export type WorkflowSource =
  { readonly workflowBundle: { readonly codePath: string } } | { readonly workflowsPath: string };

const SOURCES = new URL('../workflows/index.ts', import.meta.url);
const BUNDLE = new URL('./workflow-bundle.js', import.meta.url);

/** Writes the workflows as one file for the worker's sandbox. */
export async function writeWorkflowBundle(file: string): Promise<void> {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(SOURCES),
    logger: new DefaultLogger('WARN'),
  });
  writeFileSync(file, code);
}

/** The bundle beside the built program; in development, without one, the sources. */
export function findWorkflows(): WorkflowSource {
  const codePath = fileURLToPath(BUNDLE);
  return existsSync(codePath) ? { workflowBundle: { codePath } } : { workflowsPath: fileURLToPath(SOURCES) };
}
