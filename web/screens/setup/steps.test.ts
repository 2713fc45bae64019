import { describe, expect, it } from 'vitest';
import { createFakeClient } from '../../dev/fake-client';
import { listBridges } from '../../../api/bridges/list-bridges.contract';
import { listConnectors } from '../../../api/connectors/list-connectors.contract';
import { currentStep, isReachable, progressOf } from './steps';

const api = createFakeClient();
const { items } = await api.call(listConnectors, {});
const connectors = items.map((one) => ({ ...one, capabilities: { search: 'unified' } }));
const { items: bridges } = await api.call(listBridges, {});
const nothing = progressOf([], [], undefined);
const sourceOnly = progressOf(
  connectors.filter(({ kind }) => kind === 'zammad'),
  [],
  undefined,
);
const all = progressOf(connectors, bridges, undefined);

describe('where the wizard goes on', () => {
  it('is Zammad on an empty installation, whatever the address says', () => {
    expect(currentStep(undefined, nothing)).toBe('zammad');
    expect(currentStep('customers', nothing)).toBe('zammad');
  });

  it('is what comes next after what is there', () => {
    expect(currentStep(undefined, sourceOnly)).toBe('kimai');
    expect(isReachable('users', sourceOnly)).toBe(false);
  });

  it('is the step of the address once it can be opened', () => {
    expect(currentStep('customers', all)).toBe('customers');
    expect(currentStep('nonsense', all)).not.toBe('nonsense');
  });

  it('picks a bridge up with its own systems', () => {
    const [bridge] = bridges;
    expect(progressOf(connectors, bridges, bridge?.id)).toMatchObject({
      bridge: { id: bridge?.id },
      source: { id: bridge?.source.id },
      target: { id: bridge?.target.id },
    });
  });
});
